package dev.wick.gateway.draw;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A small HTTP server that says what a store would, and what no store of this version could. */
final class StubStore implements AutoCloseable {

    private static final String ROOT = "/v1/gateways/test";

    final List<String> pulled = new CopyOnWriteArrayList<>();
    final List<String> followed = new CopyOnWriteArrayList<>();
    final List<String> dropped = new CopyOnWriteArrayList<>();
    final List<String> minRevisions = new CopyOnWriteArrayList<>();
    final BlockingQueue<String> reports = new LinkedBlockingQueue<>();
    final AtomicInteger unchanged = new AtomicInteger();
    volatile String epoch = "e1";
    volatile long revision = 1;
    volatile String listeners = "{\"kind\":\"Listener\",\"name\":\"http\",\"port\":8080}";
    volatile long delayMillis;
    volatile boolean broken;

    /** Whether it answers 503 while it has not come to the revision that is asked for. */
    volatile boolean waitsForRevisions;

    /** Said of every slice. */
    volatile String etag = "";

    /** Changes the answer of the next pull of a slice, after it was read. */
    volatile UnaryOperator<String> afterRead = answer -> answer;

    private final Map<String, String> slices = new ConcurrentHashMap<>();
    private final List<BlockingQueue<String>> streams = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final InetSocketAddress address;
    private HttpServer server;

    StubStore() throws IOException {
        server = open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        address = server.getAddress();
    }

    private HttpServer open(InetSocketAddress at) throws IOException {
        HttpServer opened = HttpServer.create(at, 0);
        opened.setExecutor(threads);
        opened.createContext(ROOT + "/slices", this::slice);
        opened.createContext(ROOT + "/follow", this::follow);
        opened.createContext(ROOT + "/instances", this::report);
        opened.start();
        return opened;
    }

    String url() {
        return "http://127.0.0.1:" + address.getPort();
    }

    /** Goes away as a killed process does. */
    void stop() {
        server.stop(0);
        streams.forEach(stream -> stream.add("END"));
        streams.clear();
    }

    void start() throws IOException {
        server = open(address);
    }

    @Override
    public void close() {
        stop();
        threads.shutdownNow();
    }

    /** A host is served by these documents, the virtual host first. */
    void serve(String host, String domain, String virtualHost, String... documents) {
        slices.put(
                host,
                "\"domain\":\""
                        + domain
                        + "\",\"virtualHost\":"
                        + virtualHost
                        + ",\"documents\":["
                        + String.join(",", documents)
                        + "]");
    }

    void unserve(String host) {
        slices.remove(host);
    }

    /** Tells all followers. */
    void tell(String type, String data) {
        String event = "event: " + type + "\ndata: " + data + "\n\n";
        streams.forEach(stream -> stream.add(event));
    }

    int followers() {
        return streams.size();
    }

    private void slice(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath().substring((ROOT + "/slices").length());
        exchange.getRequestBody().readAllBytes();
        if (isBehind(exchange)) {
            answer(exchange, 503, "{}");
            return;
        }
        if (path.isEmpty()) {
            answer(exchange, 200, named("\"listeners\":[" + listeners + "]", revision));
            return;
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        String host = URLDecoder.decode(name, StandardCharsets.UTF_8);
        pulled.add(host);
        minRevisions.add(String.valueOf(exchange.getRequestHeaders().getFirst("min-revision")));
        long readAt = revision;
        String slice = slices.get(host);
        String hash = '"' + Integer.toHexString((epoch + slice).hashCode()) + '"';
        String etag = this.etag.isEmpty() ? hash : this.etag;
        pause();
        UnaryOperator<String> change = afterRead;
        afterRead = answer -> answer;
        String body = slice == null ? "{}" : change.apply(named(slice, readAt));
        exchange.getResponseHeaders().add("wick-epoch", epoch);
        exchange.getResponseHeaders().add("wick-revision", Long.toString(readAt));
        if (slice == null) {
            answer(exchange, broken ? 500 : 404, body);
        } else if (etag.equals(exchange.getRequestHeaders().getFirst("if-none-match"))) {
            unchanged.incrementAndGet();
            exchange.sendResponseHeaders(304, -1);
            exchange.close();
        } else {
            exchange.getResponseHeaders().add("etag", etag);
            answer(exchange, broken ? 500 : 200, body);
        }
    }

    private boolean isBehind(HttpExchange exchange) {
        String least = exchange.getRequestHeaders().getFirst("min-revision");
        boolean same = epoch.equals(exchange.getRequestHeaders().getFirst("wick-epoch"));
        if (!waitsForRevisions || least == null || !same || revision >= Long.parseLong(least)) {
            return false;
        }
        exchange.getResponseHeaders().add("wick-epoch", epoch);
        exchange.getResponseHeaders().add("wick-revision", Long.toString(revision));
        return true;
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(delayMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String named(String rest, long at) {
        return "{\"epoch\":\"" + epoch + "\",\"revision\":" + at + "," + rest + "}";
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("content-type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void follow(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (exchange.getRequestURI().getPath().endsWith("/drop")) {
            dropped.add(body);
            answer(exchange, 200, "{}");
            return;
        }
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        events.add("event: revision\ndata: {\"revision\":" + revision + "}\n\n");
        streams.add(events);
        followed.add(body);
        exchange.getResponseHeaders().add("content-type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            String event = events.take();
            while (!event.equals("END")) {
                out.write(event.getBytes(StandardCharsets.UTF_8));
                out.flush();
                event = events.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(HttpExchange exchange) throws IOException {
        reports.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }
}
