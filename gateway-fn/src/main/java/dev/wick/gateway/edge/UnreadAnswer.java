package dev.wick.gateway.edge;

import dev.wick.gateway.client.Deadline;
import dev.wick.gateway.client.Loop;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/**
 * The last answer of a connection that is to be closed, of which some is still here because the
 * client does not read. Where it has read nothing of it for a while, the connection is closed: else
 * it would be held for as long as the client likes. Confined to the connection's loop.
 */
final class UnreadAnswer extends Deadline {

    private final Channel channel;
    private final Loop loop;
    private final long millis;
    private long left;

    private UnreadAnswer(Channel channel, Loop loop, long millis) {
        this.channel = channel;
        this.loop = loop;
        this.millis = millis;
        this.left = left();
    }

    /**
     * @param millis in which something must be read; 0: any time
     */
    static void watch(Channel channel, Loop loop, long millis) {
        if (millis > 0) {
            UnreadAnswer answer = new UnreadAnswer(channel, loop, millis);
            loop.arm(answer, millis);
            channel.closeFuture().addListener(closed -> answer.disarm());
        }
    }

    private long left() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting == null ? 0 : waiting.totalPendingWriteBytes() - waiting.currentProgress();
    }

    @Override
    protected void expired() {
        long now = left();
        if (now < left) {
            left = now;
            loop.arm(this, millis);
        } else {
            channel.close();
        }
    }
}
