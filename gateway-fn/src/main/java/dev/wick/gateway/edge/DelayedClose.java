package dev.wick.gateway.edge;

import dev.wick.gateway.client.Deadline;
import dev.wick.gateway.client.Loop;
import dev.wick.gateway.observe.HttpMetrics;
import dev.wick.gateway.observe.MetricSet;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;

/**
 * Closes a connection to which nothing more will be written (Envoy's {@code
 * delayed_close_timeout}). To close at once, with bytes of the client unread, would reset the
 * connection and might take the response from the client; to wait for ever would let a client that
 * does not read keep it. So it ends when the client ends it, or after a time without progress;
 * where that is 0, as soon as all is written. Confined to the loop of the connection.
 */
final class DelayedClose extends Deadline {

    private final Channel channel;
    private final Loop loop;
    private final MetricSet metrics;
    private final long millis;
    private final boolean silent;
    private boolean flushed;
    private long waiting;

    private DelayedClose(
            Channel channel, Loop loop, MetricSet metrics, long millis, boolean silent) {
        this.channel = channel;
        this.loop = loop;
        this.metrics = metrics;
        this.millis = millis;
        this.silent = silent;
    }

    /**
     * Closes once all is on its way.
     *
     * @param millis without progress; 0: any time until all is written, and none after that
     * @param written done when it is
     * @param silent whether the client is not waited for then
     */
    static void watch(
            Channel channel,
            Loop loop,
            MetricSet metrics,
            long millis,
            ChannelFuture written,
            boolean silent) {
        DelayedClose close = new DelayedClose(channel, loop, metrics, millis, silent);
        if (!written.isDone()) {
            close.arm();
        }
        written.addListener(done -> close.flushed());
        channel.closeFuture().addListener(closed -> close.disarm());
    }

    /** Everything is on its way to the client, which may still be sending. */
    private void flushed() {
        flushed = true;
        if (silent || millis == 0) {
            channel.close();
        } else {
            ((DuplexChannel) channel).shutdownOutput();
            arm();
        }
    }

    private void arm() {
        if (millis > 0 && channel.isOpen()) {
            waiting = waiting();
            loop.arm(this, millis);
        }
    }

    /** Octets that the client has not made room for. */
    private long waiting() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
    }

    @Override
    protected void expired() {
        if (!flushed && waiting() < waiting) {
            arm();
        } else {
            metrics.count(loop.index(), HttpMetrics.CX_DELAYED_CLOSE_TIMEOUT);
            channel.close();
        }
    }
}
