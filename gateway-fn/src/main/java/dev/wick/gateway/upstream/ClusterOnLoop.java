package dev.wick.gateway.upstream;

import dev.wick.gateway.client.Loop;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;

/**
 * What one loop keeps of a cluster: whose turn it is, and who waits for the first addresses.
 * Confined to it.
 */
final class ClusterOnLoop {

    private final Loop loop;
    private final Class<? extends Channel> channelType;
    private final List<Stream> waiting = new ArrayList<>(0);
    private int turn;
    private int random;

    ClusterOnLoop(Loop loop, Class<? extends Channel> channelType) {
        this.loop = loop;
        this.channelType = channelType;
        this.random = System.identityHashCode(this) | 1;
        this.turn = random & 0xff;
    }

    Loop loop() {
        return loop;
    }

    Class<? extends Channel> channelType() {
        return channelType;
    }

    /** One of the hosts, of which there must be one. */
    Host choose(Host[] hosts, LbPolicy policy) {
        if (hosts.length == 1) {
            return hosts[0];
        }
        if (policy == LbPolicy.ROUND_ROBIN) {
            int index = turn >= hosts.length ? turn % hosts.length : turn;
            turn = index + 1;
            return hosts[index];
        }
        Host one = hosts[random(hosts.length)];
        Host other = hosts[random(hosts.length)];
        return other.active() < one.active() ? other : one;
    }

    /** 0 to {@code bound} - 1, by xorshift. */
    private int random(int bound) {
        random ^= random << 13;
        random ^= random >>> 17;
        random ^= random << 5;
        return (int) ((random & 0xffffffffL) * bound >>> 32);
    }

    /** The stream waits until the cluster's hosts are known. */
    void await(Stream stream) {
        waiting.add(stream);
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
