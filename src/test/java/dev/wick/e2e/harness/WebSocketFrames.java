package dev.wick.e2e.harness;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Netty's WebSocket frames as octets, for tunnels that are no sockets. One thread. */
public final class WebSocketFrames {

    private static final int MOST = 1 << 20;

    private final EmbeddedChannel encoder;
    private final EmbeddedChannel decoder;

    private WebSocketFrames(boolean client) {
        encoder = new EmbeddedChannel(new WebSocket13FrameEncoder(client));
        decoder = new EmbeddedChannel(new WebSocket13FrameDecoder(!client, false, MOST));
    }

    /** A client's side, which masks what it sends. */
    public static WebSocketFrames client() {
        return new WebSocketFrames(true);
    }

    public static WebSocketFrames server() {
        return new WebSocketFrames(false);
    }

    public byte[] octets(WebSocketFrame frame) {
        encoder.writeOutbound(frame);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuf part = encoder.readOutbound(); part != null; part = encoder.readOutbound()) {
            all.writeBytes(ByteBufUtil.getBytes(part));
            part.release();
        }
        return all.toByteArray();
    }

    /** The frames that are complete with these octets. */
    public List<WebSocketFrame> frames(byte[] octets) {
        decoder.writeInbound(Unpooled.wrappedBuffer(octets));
        List<WebSocketFrame> all = new ArrayList<>();
        for (WebSocketFrame next = decoder.readInbound();
                next != null;
                next = decoder.readInbound()) {
            all.add(next);
        }
        return all;
    }
}
