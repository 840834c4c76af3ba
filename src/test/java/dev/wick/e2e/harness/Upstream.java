package dev.wick.e2e.harness;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real server on a loopback socket that keeps every request just as it came, and answers as a
 * handler says: well, late, in pieces, wrong or not at all. One virtual thread a connection.
 * Thread-safe.
 */
public final class Upstream implements AutoCloseable {

    /** Answers one request on its connection. Returning means: read the next. */
    @FunctionalInterface
    public interface Handler {
        void handle(Exchange exchange) throws IOException;
    }

    private final ServerSocket server;
    private final Handler handler;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private Upstream(ServerSocket server, Handler handler) {
        this.server = server;
        this.handler = handler;
    }

    public static Upstream answering(Handler handler) {
        return answering(0, handler);
    }

    public static Upstream answering(int port, Handler handler) {
        return at(InetAddress.getLoopbackAddress(), port, handler);
    }

    /** At an address of the loopback network, as 127.0.0.2. */
    public static Upstream at(InetAddress address, int port, Handler handler) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new java.net.InetSocketAddress(address, port), 1024);
            Upstream upstream = new Upstream(server, handler);
            Thread.ofVirtual().start(upstream::accept);
            return upstream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers every request with 200 and {@code text}. */
    public static Upstream saying(String text) {
        return answering(
                exchange -> {
                    exchange.body();
                    exchange.reply(200, text);
                });
    }

    /** Answers with the request's own body. */
    public static Upstream echo() {
        return answering(
                exchange ->
                        exchange.reply(
                                200,
                                new String(
                                        exchange.body(), java.nio.charset.StandardCharsets.UTF_8)));
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
            for (Request request = read(in); request != null; request = read(in)) {
                requests.add(request);
                Exchange exchange = new Exchange(request, socket, in);
                handler.handle(exchange);
                if (socket.isClosed()) {
                    return;
                }
                exchange.body();
            }
        } catch (IOException | UncheckedIOException e) {
            // The other side went away, which is often what a test is about.
        } finally {
            open.remove(socket);
        }
    }

    private static @Nullable Request read(InputStream in) throws IOException {
        String line = Wire.line(in);
        if (line == null) {
            return null;
        }
        String[] parts = line.split(" ", 3);
        return new Request(parts[0], parts[1], parts[2], Wire.fields(in));
    }

    public int port() {
        return server.getLocalPort();
    }

    /** All requests so far whose head has come. */
    public List<Request> requests() {
        return new ArrayList<>(requests);
    }

    public Request last() {
        return requests.getLast();
    }

    /** How many connections were ever accepted. */
    public int connections() {
        return connections.get();
    }

    public int openConnections() {
        return open.size();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
