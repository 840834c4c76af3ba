package dev.wick.cli.train;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** What the gateway is in front of: 1 KiB for every request, in chunks below {@code /chunked}. */
final class Backend implements AutoCloseable {

    private static final byte[] BODY =
            "wick ".repeat(205).getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final HttpServer server;

    Backend() throws IOException {
        // Else it waits for an acknowledgement between head and body: 40 ms each time.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", Backend::answer);
        server.start();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        boolean chunked = exchange.getRequestURI().getPath().startsWith("/chunked");
        exchange.getResponseHeaders().set("content-type", "text/plain");
        exchange.sendResponseHeaders(200, chunked ? 0 : BODY.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(BODY);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
