package dev.wick.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Accepts at a free port of loopback. One virtual thread a connection, which is closed when it has
 * been served.
 */
public final class LoopbackServer implements AutoCloseable {

    /** What becomes of a connection. */
    @FunctionalInterface
    public interface Service {

        /** To its end; what is thrown says that the other side went away. */
        void serve(Socket socket) throws IOException;
    }

    private final ServerSocket server;
    private final Service service;

    public LoopbackServer(Service service) {
        this.service = service;
        try {
            server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            service.serve(socket);
        } catch (IOException | UncheckedIOException e) {
            // The other side went away, which is often what a test is about.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
