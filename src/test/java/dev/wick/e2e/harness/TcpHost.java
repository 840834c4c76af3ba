package dev.wick.e2e.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A host that gives back what comes, in brackets, and says {@code bye} at its end; without HTTP, or
 * behind the head of a CONNECT that it answers with 200. Thread-safe.
 */
public final class TcpHost implements AutoCloseable {

    private final ServerSocket server;
    private final boolean connects;
    private final List<String> heads = new CopyOnWriteArrayList<>();

    private TcpHost(boolean connects) {
        this.connects = connects;
        try {
            server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public static TcpHost plain() {
        return new TcpHost(false);
    }

    /** A proxy that takes CONNECT by HTTP/1.1. */
    public static TcpHost connecting() {
        return new TcpHost(true);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The first lines of CONNECTs. */
    public List<String> heads() {
        return List.copyOf(heads);
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
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            if (connects) {
                heads.add("" + Wire.line(in));
                Wire.fields(in);
                send(socket, "HTTP/1.1 200 Connected\r\n\r\n");
            }
            byte[] bytes = new byte[4096];
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                send(socket, "[" + new String(bytes, 0, length, StandardCharsets.ISO_8859_1) + "]");
            }
            send(socket, "bye");
        } catch (IOException e) {
            // The other side went away.
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
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
