package dev.wick.e2e.harness;

import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A host that speaks HTTP/2 and ends tunnels. A WebSocket (RFC 8441) is answered frame by frame: a
 * text as it came, PING with PONG, a close with the same. Any other CONNECT gets back what it
 * sends, in brackets, and {@code bye} at its end. Thread-safe.
 */
public final class TunnelHost implements AutoCloseable {

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final LoopbackServer server = new LoopbackServer(this::serve);

    public int port() {
        return server.port();
    }

    /** What came: {@code websocket /path}, {@code CONNECT host:port}, {@code close 4001 why}. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    private void serve(Socket socket) throws IOException {
        try {
            RawHttp2 connection = RawHttp2.accepted(socket);
            Map<Integer, Tunnel> tunnels = new HashMap<>();
            for (int stream = connection.awaitFrame();
                    stream >= 0;
                    stream = connection.awaitFrame()) {
                if (stream > 0 && !connection.incoming(stream).heads().isEmpty()) {
                    tunnels.computeIfAbsent(stream, number -> new Tunnel(connection, number))
                            .more();
                }
            }
        } catch (IllegalStateException e) {
            // The other side went away.
        }
    }

    /** One of them. */
    private final class Tunnel {

        private final RawHttp2 connection;
        private final int stream;
        private final WebSocketFrames frames = WebSocketFrames.server();
        private final boolean webSocket;
        private int read;
        private boolean ended;

        Tunnel(RawHttp2 connection, int stream) {
            this.connection = connection;
            this.stream = stream;
            List<Field> head = connection.incoming(stream).heads().getFirst();
            webSocket = "websocket".equals(Wire.value(head, ":protocol"));
            heard.add(
                    webSocket
                            ? "websocket " + Wire.value(head, ":path")
                            : Wire.value(head, ":method") + " " + Wire.value(head, ":authority"));
            connection.headers(stream, List.of(new Field(":status", "200")), false);
        }

        /** Something has come. */
        void more() {
            RawHttp2.Incoming incoming = connection.incoming(stream);
            byte[] body = incoming.body();
            byte[] came = Arrays.copyOfRange(body, read, body.length);
            read = body.length;
            if (webSocket) {
                frames.frames(came).forEach(this::answer);
            } else if (came.length > 0) {
                String text = new String(came, StandardCharsets.ISO_8859_1);
                send("[" + text + "]", false);
            }
            if (incoming.complete() && !ended) {
                send(webSocket ? "" : "bye", true);
            }
        }

        private void answer(WebSocketFrame frame) {
            List<WebSocketFrame> answers = new ArrayList<>();
            if (frame instanceof TextWebSocketFrame text) {
                heard.add("text " + text.text());
                answers.add(text);
            } else if (frame instanceof PingWebSocketFrame ping) {
                answers.add(new PongWebSocketFrame(ping.content()));
            } else if (frame instanceof CloseWebSocketFrame close) {
                heard.add("close " + close.statusCode() + " " + close.reasonText());
                answers.add(close);
            }
            for (WebSocketFrame one : answers) {
                connection.data(stream, frames.octets(one), false);
            }
        }

        private void send(String text, boolean last) {
            ended |= last;
            connection.data(stream, text.getBytes(StandardCharsets.ISO_8859_1), last);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
