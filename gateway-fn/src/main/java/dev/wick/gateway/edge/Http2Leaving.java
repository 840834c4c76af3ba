package dev.wick.gateway.edge;

import dev.wick.gateway.client.Deadline;
import dev.wick.gateway.client.Loop;
import dev.wick.gateway.exchange.Door;
import dev.wick.gateway.observe.HttpMetrics;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;

/**
 * How an HTTP/2 connection comes to its end, as Envoy has it: a GOAWAY that takes every stream
 * still, so that none is lost which is on its way; after the drain timeout one that names the last
 * stream; with the last of those the end, for which the client has a moment. One on which nothing
 * runs is told the last stream at once. Confined to the connection's loop.
 */
final class Http2Leaving extends Deadline {

    private static final int ANY_STREAM = Integer.MAX_VALUE;

    private final Accepted accepted;
    private final Door door;
    private final Loop loop;
    private final Channel channel;
    private final Http2Connection connection;
    private final Http2Handler handler;
    private boolean announced;
    private boolean draining;
    private boolean said;
    private boolean closing;

    Http2Leaving(
            Accepted accepted,
            Door door,
            Channel channel,
            Http2Connection connection,
            Http2Handler handler) {
        this.accepted = accepted;
        this.door = door;
        this.loop = accepted.loop();
        this.channel = channel;
        this.connection = connection;
        this.handler = handler;
    }

    /** The client should go, and may take the drain timeout for it. */
    void leave() {
        if (!draining && !announced) {
            announce();
        }
    }

    /** Whether the client was told to go. */
    boolean begun() {
        return announced || draining;
    }

    @Override
    protected void expired() {
        drain();
    }

    /** Finishes what runs, and what comes before the client can know. */
    void drain() {
        disarm();
        if (!draining) {
            draining = true;
            door.metrics().count(loop.index(), HttpMetrics.CX_DRAIN_CLOSE);
            accepted.closedFromHere();
        }
        if (connection.numActiveStreams() == 0) {
            close();
        } else if (announced) {
            sayLast();
        } else {
            announce();
        }
    }

    /** A stream is no more. */
    void streamClosed() {
        if (draining && said && connection.numActiveStreams() == 0) {
            // Not from within the callback: the connection is still closing the stream.
            loop.execute(this::close);
        }
    }

    /** The connection has ended. */
    void gone() {
        disarm();
    }

    private void close() {
        if (channel.isActive() && !closing) {
            closing = true;
            sayLast();
            DelayedClose.watch(
                    channel,
                    loop,
                    door.metrics(),
                    door.settings().protocols().limits().delayedCloseMillis(),
                    handler.context().writeAndFlush(Unpooled.EMPTY_BUFFER),
                    false);
        }
    }

    private void announce() {
        announced = true;
        goAway(ANY_STREAM);
        loop.arm(this, door.settings().protocols().limits().drainMillis());
    }

    private void sayLast() {
        if (!said) {
            said = true;
            goAway(connection.remote().lastStreamCreated());
        }
    }

    private void goAway(int last) {
        handler.goAway(
                handler.context(),
                last,
                Http2Error.NO_ERROR.code(),
                Unpooled.EMPTY_BUFFER,
                channel.newPromise());
        handler.flush(handler.context());
    }
}
