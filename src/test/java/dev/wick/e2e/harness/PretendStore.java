package dev.wick.e2e.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * As much of a store as an instance talks to, under a test's control: slices on a list, a stream of
 * events, reports. It can be what no store of this version is: slow, or newer than the instance.
 * Thread-safe.
 */
public final class PretendStore implements AutoCloseable {

    private final Map<String, String> slices = new ConcurrentHashMap<>();
    private final List<String> drawn = new CopyOnWriteArrayList<>();
    private final List<String> reports = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final Upstream server = Upstream.answering(this::handle);
    private volatile CountDownLatch open = new CountDownLatch(0);
    private volatile long revision = 1;

    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** {@code documents}: JSON, comma separated, the virtual host first. */
    public void put(String domain, long newRevision, String virtualHost, String documents) {
        revision = newRevision;
        slices.put(
                domain,
                "{\"epoch\":\"e\",\"revision\":%d,\"domain\":\"%s\",\"virtualHost\":%s,\"documents\":[%s]}"
                        .formatted(newRevision, domain, virtualHost, documents));
    }

    /** Sends an event to whoever follows. */
    public void tell(String event, long newRevision, String data) {
        revision = newRevision;
        events.add("event: %s\nid: e.%d\ndata: %s\n\n".formatted(event, newRevision, data));
    }

    /** Lets slices wait until {@link #answer()}. */
    public void hold() {
        open = new CountDownLatch(1);
    }

    public void answer() {
        open.countDown();
    }

    /** The hosts whose slices were asked for by somebody who did not have them, in order. */
    public List<String> drawn() {
        return List.copyOf(drawn);
    }

    /** The bodies of the reports that instances made of themselves, in order. */
    public List<String> reports() {
        return List.copyOf(reports);
    }

    private void handle(Exchange exchange) throws IOException {
        String path = exchange.request().target().replaceFirst("\\?.*", "");
        String body = new String(exchange.body(), StandardCharsets.UTF_8);
        if (path.endsWith("/slices")) {
            json(
                    exchange,
                    200,
                    "{\"epoch\":\"e\",\"revision\":"
                            + revision
                            + ",\"listeners\":["
                            + LISTENER
                            + "]}");
        } else if (path.contains("/slices/")) {
            slice(exchange, path.substring(path.lastIndexOf('/') + 1));
        } else if (path.endsWith("/follow")) {
            follow(exchange);
        } else {
            if (path.contains("/instances/")) {
                reports.add(body);
            }
            json(exchange, 200, "{}");
        }
    }

    private static final String LISTENER =
            "{\"kind\":\"Listener\",\"name\":\"http\",\"port\":8080}";

    private void slice(Exchange exchange, String host) throws IOException {
        // Whoever has it and asks whether it still holds does not draw it.
        if (exchange.request().field("if-none-match") == null) {
            drawn.add(host);
        }
        try {
            open.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        String slice = slices.get(host);
        json(
                exchange,
                slice == null ? 404 : 200,
                slice == null ? "{\"title\":\"no such host\",\"status\":404}" : slice);
    }

    private void json(Exchange exchange, int status, String text) throws IOException {
        exchange.reply(
                status,
                text,
                "content-type: application/json",
                "etag: \"" + Integer.toHexString(text.hashCode()) + "\"",
                "wick-epoch: e",
                "wick-revision: " + revision);
    }

    private void follow(Exchange exchange) throws IOException {
        exchange.send(
                "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nwick-epoch: e\r\n"
                        + "transfer-encoding: chunked\r\n\r\n");
        chunk(
                exchange,
                "event: revision\nid: e.%d\ndata: {\"revision\":%d}\n\n"
                        .formatted(revision, revision));
        while (true) {
            try {
                String event = events.poll(2, TimeUnit.SECONDS);
                chunk(exchange, event == null ? ":\n\n" : event);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    private static void chunk(Exchange exchange, String text) throws IOException {
        exchange.send(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    @Override
    public void close() {
        server.close();
    }
}
