package dev.wick.gateway.upstream;

import dev.wick.gateway.balance.LbCounts;
import dev.wick.gateway.balance.Selection;
import dev.wick.gateway.balance.Turns;
import dev.wick.gateway.client.Loop;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one loop keeps of a cluster: whose turn it is, and who waits for the first addresses.
 * Confined to it.
 */
final class ClusterOnLoop {

    private final Loop loop;
    private final Class<? extends Channel> channelType;
    private final List<Stream> waiting = new ArrayList<>(0);
    private final Turns turns;

    ClusterOnLoop(Loop loop, Class<? extends Channel> channelType, LbCounts counts) {
        this.loop = loop;
        this.channelType = channelType;
        this.turns = new Turns(loop.index(), counts);
    }

    Loop loop() {
        return loop;
    }

    Class<? extends Channel> channelType() {
        return channelType;
    }

    /** One of the hosts, or null where none is to be used. */
    @Nullable Host choose(HostSet set, @Nullable Selection wanted) {
        return (Host) turns.choose(set.balancer(), wanted);
    }

    /** The stream waits until the cluster's hosts are known. */
    void await(Stream stream) {
        waiting.add(stream);
    }

    /** How many wait so. */
    int waiting() {
        return waiting.size();
    }

    void withdraw(Stream stream) {
        waiting.remove(stream);
    }

    /** The hosts are known, or were not found. */
    void resume() {
        List<Stream> resumed = List.copyOf(waiting);
        waiting.clear();
        for (Stream stream : resumed) {
            stream.dispatch();
        }
    }
}
