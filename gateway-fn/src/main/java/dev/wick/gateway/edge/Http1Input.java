package dev.wick.gateway.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;

/**
 * What has come on a client's HTTP/1 connection and is not read yet, and whether more of it is
 * taken from the socket. Confined to its loop.
 */
final class Http1Input {

    /** Of what a client sends ahead, this much is taken. */
    private static final int MOST_AHEAD = 16 * 1024;

    private final Channel channel;
    private @Nullable ByteBuf unread;
    private boolean tunnel;
    private boolean ended;

    Http1Input(Channel channel) {
        this.channel = channel;
    }

    /** More has come, of which this becomes the owner. */
    void add(ByteBuf bytes) {
        unread = unread == null ? bytes : Bytes.join(channel.alloc(), unread, bytes);
    }

    /** What is to be read; null for nothing. */
    @Nullable ByteBuf unread() {
        return unread;
    }

    boolean isEmpty() {
        return unread == null;
    }

    /** Lets go of what is read through. */
    void trim() {
        if (unread != null && !unread.isReadable()) {
            drop();
        }
    }

    /** Lets go of all. */
    void drop() {
        if (unread != null) {
            unread.release();
            unread = null;
        }
    }

    /** What comes is no longer HTTP: the client may end it, and read on. */
    void tunnel() {
        tunnel = true;
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }

    boolean isTunnel() {
        return tunnel;
    }

    /** The client sends no more. Returns whether it may read on, as in a tunnel only. */
    boolean end() {
        ended = tunnel;
        return tunnel;
    }

    /** Whether a tunnel's client sends no more, and all that it sent is read. */
    boolean isOver() {
        return ended && isEmpty();
    }

    /**
     * Takes more from the socket, or not.
     *
     * @param ending whether the connection ends, which is then waited for
     * @param held whether what comes could not be passed on
     */
    void read(boolean ending, boolean held) {
        boolean tooFarAhead = unread != null && unread.readableBytes() >= MOST_AHEAD;
        boolean wanted = ending || !tooFarAhead && !held;
        ChannelConfig config = channel.config();
        if (config.isAutoRead() != wanted) {
            config.setAutoRead(wanted);
        }
    }
}
