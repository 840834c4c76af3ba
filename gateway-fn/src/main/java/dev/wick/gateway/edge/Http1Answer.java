package dev.wick.gateway.edge;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.exchange.Door;
import dev.wick.gateway.exchange.Downstream;
import dev.wick.gateway.exchange.Protocol;
import dev.wick.gateway.observe.HttpMetrics;
import dev.wick.gateway.observe.MetricSet;
import dev.wick.gateway.overload.Overload;
import dev.wick.http.Headers;
import dev.wick.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The answer to the request that runs on a client's HTTP/1 connection: what of the request it
 * depends on, and whether the connection is kept behind it. One serves all requests, one after the
 * other. Confined to the connection's loop.
 */
final class Http1Answer implements Downstream {

    private final Http1Connection connection;
    private final Accepted accepted;
    private final Loop loop;
    private final Door door;
    private final MetricSet metrics;
    private final @Nullable Overload overload;
    private final Http1Input input;
    private final Http1Output output;
    private final boolean sendsTrailers;

    private boolean toHead;
    private int minorVersion = 1;
    private boolean keepAlive;

    Http1Answer(
            Http1Connection connection,
            Accepted accepted,
            Door door,
            Http1Input input,
            Http1Output output) {
        this.connection = connection;
        this.accepted = accepted;
        this.loop = accepted.loop();
        this.door = door;
        this.metrics = door.metrics();
        this.overload = door.overload();
        this.input = input;
        this.output = output;
        this.sendsTrailers = door.settings().protocols().http1Trailers();
    }

    /**
     * A request begins.
     *
     * @param ofHead whether it is for a head alone
     * @param minor the last digit of its version, as far as that is served
     * @param keep whether the connection is kept, as far as is known now
     */
    void begin(boolean ofHead, int minor, boolean keep) {
        toHead = ofHead;
        minorVersion = minor;
        keepAlive = keep;
    }

    /** Nothing is known of this request, and what was of the last one does not matter. */
    void beginUnknown() {
        toHead = false;
        minorVersion = 1;
    }

    /** Behind it the connection is not kept. */
    void endConnection() {
        keepAlive = false;
    }

    /** The client is to send the request's body. */
    void goOn() {
        door.informed(loop.index(), 100);
        output.goOn();
    }

    /** In which the request came. */
    Protocol protocol() {
        return minorVersion == 1 ? Protocol.HTTP_1_1 : Protocol.HTTP_1_0;
    }

    @Override
    public void ignoreRequest() {
        endConnection();
    }

    @Override
    public void informational(ResponseHead head) {
        if (minorVersion == 1) {
            output.informational(head, toHead);
        }
    }

    @Override
    public void head(ResponseHead head, boolean last) {
        if (connection.inBody()) {
            keepAlive = false; // the rest of the request is not waited for
        }
        if (keepAlive && (connection.draining() || accepted.failing())) {
            keepAlive = false;
            metrics.count(loop.index(), HttpMetrics.CX_DRAIN_CLOSE);
        } else if (keepAlive && overload != null && overload.endsConnection()) {
            keepAlive = false;
            metrics.count(loop.index(), HttpMetrics.CX_OVERLOAD_DISABLE_KEEPALIVE);
        }
        keepAlive &= output.head(head, last, toHead, minorVersion, keepAlive);
    }

    @Override
    public void tunnel(ResponseHead head) {
        input.tunnel();
        output.tunnel(head, minorVersion);
    }

    @Override
    public void endOutput() {
        output.shutdown();
    }

    @Override
    public boolean write(ByteBuf data) {
        if (!output.write(data)) {
            connection.overrun();
            return true;
        }
        return output.isWritable();
    }

    @Override
    public void end(@Nullable Headers trailers) {
        if (output.end(sendsTrailers ? trailers : null)) {
            connection.answered(keepAlive);
        } else {
            connection.reset();
        }
    }

    @Override
    public void reset() {
        connection.reset();
    }

    @Override
    public void pause() {
        connection.pause();
    }

    @Override
    public void resume() {
        connection.resume();
    }
}
