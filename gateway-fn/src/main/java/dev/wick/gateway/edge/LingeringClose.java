package dev.wick.gateway.edge;

import dev.wick.gateway.client.Deadline;
import io.netty.channel.Channel;

/**
 * Closes a connection that was told that nothing more will come. To close at once, with bytes of
 * the client unread, would reset the connection and might take the response from the client
 * (Envoy's {@code delayed_close_timeout}).
 */
final class LingeringClose extends Deadline {

    static final long MILLIS = 1_000;

    private final Channel channel;

    LingeringClose(Channel channel) {
        this.channel = channel;
    }

    @Override
    protected void expired() {
        channel.close();
    }
}
