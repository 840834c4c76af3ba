package dev.wick.gateway.edge;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.exchange.Door;
import dev.wick.gateway.http2.Gathered;
import dev.wick.gateway.observe.HttpMetrics;
import dev.wick.gateway.observe.MetricSet;
import dev.wick.gateway.snapshot.ClientHttp2Settings;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import java.nio.charset.StandardCharsets;

/**
 * Ends an HTTP/2 connection whose client floods it, by what {@link Http2Floods} counts; and counts
 * what Netty ends for that. Confined to the connection's loop.
 */
final class Http2Guard {

    private final Accepted accepted;
    private final Loop loop;
    private final MetricSet metrics;
    private final ClientHttp2Settings settings;
    private final Channel channel;
    private final Http2Connection connection;
    private final Http2Handler handler;
    private final Gathered gathered;
    private final Http2Floods floods;
    private boolean flooded;

    Http2Guard(
            Accepted accepted,
            Door door,
            Channel channel,
            Http2Connection connection,
            Http2Handler handler,
            Gathered gathered) {
        this.accepted = accepted;
        this.loop = accepted.loop();
        this.metrics = door.metrics();
        this.settings = door.settings().protocols().http2();
        this.channel = channel;
        this.connection = connection;
        this.handler = handler;
        this.gathered = gathered;
        this.floods = new Http2Floods(settings);
    }

    /** A request has come. */
    void opened() {
        floods.opened();
    }

    void priority() {
        if (floods.priority()) {
            flood(Http2Floods.Flood.PRIORITY);
        }
    }

    void windowUpdate() {
        if (floods.windowUpdate()) {
            flood(Http2Floods.Flood.WINDOW_UPDATE);
        }
    }

    void settings() {
        if (floods.settings() && !flooded) {
            close("too many settings");
        }
    }

    /** The client has sent what its stream is reset for. */
    void erred() {
        if (floods.erred() && !flooded) {
            tooManyResets();
        }
    }

    /** A stream is no more. */
    void closed(Http2ServerStream stream) {
        if (floods.closed(stream.wasReset(), stream.ageNanos()) && !flooded) {
            tooManyResets();
        }
    }

    /** A head is about to be written, and what was before may still wait to be taken. */
    void writing() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        int frames = gathered.waiting() + (waiting == null ? 0 : waiting.size());
        if (frames > settings.maxOutboundFrames()) {
            flood(Http2Floods.Flood.OUTBOUND);
        }
    }

    /** A part of a body is about to be written. */
    void dataSent() {
        floods.dataSent();
    }

    /** More answers to control frames wait to be taken than may. */
    void controlsWait() {
        flood(Http2Floods.Flood.OUTBOUND_CONTROL);
    }

    /** A part of a body has come, or trailers or a head. */
    void filled() {
        floods.filled();
    }

    /** A frame of a body has come that brings nothing. */
    void empty() throws Http2Exception {
        if (floods.empty()) {
            accepted.codecs().flood(Http2Floods.Flood.EMPTY);
            throw Http2Exception.connectionError(
                    Http2Error.ENHANCE_YOUR_CALM, Http2Floods.Flood.EMPTY.text());
        }
    }

    private void tooManyResets() {
        metrics.count(loop.index(), HttpMetrics.RQ_TOO_MANY_PREMATURE_RESETS);
        close("too many resets");
    }

    private void flood(Http2Floods.Flood flood) {
        if (!flooded) {
            accepted.codecs().flood(flood);
            close(flood.text());
        }
    }

    /** Not to be borne any longer: its streams end with it. */
    private void close(String why) {
        flooded = true;
        accepted.closedFromHere();
        handler.goAway(
                handler.context(),
                connection.remote().lastStreamCreated(),
                Http2Error.ENHANCE_YOUR_CALM.code(),
                Unpooled.copiedBuffer(why, StandardCharsets.US_ASCII),
                channel.newPromise());
        handler.context().flush();
        // Past the handler, which would give its streams a second more.
        loop.execute(handler.context()::close);
    }
}
