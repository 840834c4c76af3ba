package dev.wick.e2e.twin;

import dev.wick.e2e.harness.Field;
import dev.wick.e2e.harness.LoopbackServer;
import dev.wick.e2e.harness.RawHttp2;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * An upstream that speaks HTTP/2 by prior knowledge and answers as its {@link Upstreams} say. One
 * virtual thread a connection, and one a stream.
 */
final class Http2Upstream implements AutoCloseable {

    private static final String PLAIN = "HTTP/2 200\r\nx-up: 1\r\n\r\nok";
    private static final int GOAWAY = 7;

    private final Upstreams upstreams;
    private final LoopbackServer server;

    Http2Upstream(Upstreams upstreams) {
        this.upstreams = upstreams;
        server = new LoopbackServer(this::serve);
    }

    int port() {
        return server.port();
    }

    private void serve(Socket socket) throws IOException {
        try {
            RawHttp2 connection = RawHttp2.accepted(socket);
            for (int stream = connection.awaitRequest();
                    stream > 0;
                    stream = connection.awaitRequest()) {
                keep(connection.incoming(stream));
                int answered = stream;
                List<Step> steps = upstreams.next();
                Thread.ofVirtual().start(() -> answer(connection, answered, steps));
            }
        } catch (IllegalStateException e) {
            // The other side went away, which is often what a case is about.
        }
    }

    private static void answer(RawHttp2 connection, int stream, List<Step> steps) {
        try {
            for (Step step : steps) {
                if (step.kind() == Step.Kind.PAUSE) {
                    LockSupport.parkNanos(Long.parseLong(step.text()) * 1_000_000);
                } else {
                    synchronized (connection) {
                        answer(connection, stream, step);
                    }
                }
            }
        } catch (UncheckedIOException e) {
            // The other side went away.
        }
    }

    private static void answer(RawHttp2 connection, int stream, Step step) {
        switch (step.kind()) {
            case SEND -> {
                boolean plain = step.text().startsWith("HTTP/1.1");
                Http2Text.answer(connection, stream, plain ? PLAIN : step.text());
            }
            case RESET ->
                    connection.reset(
                            stream, step.text().isEmpty() ? 8 : Integer.parseInt(step.text()));
            case END -> {
                connection.frame(GOAWAY, 0, 0, new byte[] {0, 0, 0, (byte) stream, 0, 0, 0, 0});
                connection.flush();
            }
            default -> {
                // The others are a client's.
            }
        }
    }

    private void keep(RawHttp2.Incoming request) {
        StringBuilder text = new StringBuilder("uph2 got:\n");
        // The order of pseudo header fields among themselves means nothing.
        List<Field> head = new ArrayList<>(request.heads().getFirst());
        head.sort(Comparator.comparing(field -> field.name().startsWith(":") ? field.name() : "~"));
        for (Field field : head) {
            text.append("  ").append(field.name()).append(": ").append(field.value()).append('\n');
        }
        String body = new String(request.body(), StandardCharsets.ISO_8859_1);
        text.append(body.isEmpty() ? "" : "  body: " + body + "\n");
        if (!request.trailers().isEmpty()) {
            text.append("  trailers: ").append(request.trailers()).append('\n');
        }
        upstreams.keep(text.toString());
    }

    @Override
    public void close() {
        server.close();
    }
}
