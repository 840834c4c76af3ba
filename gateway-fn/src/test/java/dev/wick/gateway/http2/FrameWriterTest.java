package dev.wick.gateway.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameWriterTest {

    private final Gathered gathered = new Gathered();
    private final FrameWriter writer = FrameWriter.to(gathered);
    private final EmbeddedChannel channel = new EmbeddedChannel(gathered);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private ChannelFuture write(int stream, String value) {
        return writer.writeHeaders(
                channel.pipeline().context(gathered),
                stream,
                new DefaultHttp2Headers().add("a", value),
                0,
                true,
                channel.newPromise());
    }

    /** Who asked for a smaller table takes no head that does not begin with it. */
    @Test
    void anUpdateOfTheTableOutlivesTheHeadThatIsRefused() throws Http2Exception {
        Http2HeadersEncoder.Configuration peer = writer.configuration().headersConfiguration();
        peer.maxHeaderTableSize(0);
        peer.maxHeaderListSize(100);
        assertTrue(write(1, "b".repeat(100)).cause() instanceof Http2Exception);
        assertTrue(write(3, "b".repeat(200)).cause() instanceof Http2Exception);
        assertNull(write(5, "c").cause());
        channel.flush();
        ByteBuf frame = channel.readOutbound();
        DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder();
        decoder.configuration().maxHeaderTableSize(0);
        assertEquals("c", decoder.decodeHeaders(5, frame.skipBytes(9)).get("a").toString());
        frame.release();
    }
}
