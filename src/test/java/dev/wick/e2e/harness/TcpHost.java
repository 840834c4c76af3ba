package dev.wick.e2e.harness;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A host that gives back what comes, in brackets, and says {@code bye} at its end; without HTTP, or
 * behind the head of a CONNECT that it answers with 200. Thread-safe.
 */
public final class TcpHost implements AutoCloseable {

    private final LoopbackServer server;
    private final boolean connects;
    private final List<String> heads = new CopyOnWriteArrayList<>();

    private TcpHost(boolean connects) {
        this.connects = connects;
        server = new LoopbackServer(this::serve);
    }

    public static TcpHost plain() {
        return new TcpHost(false);
    }

    /** A proxy that takes CONNECT by HTTP/1.1. */
    public static TcpHost connecting() {
        return new TcpHost(true);
    }

    public int port() {
        return server.port();
    }

    /** The first lines of CONNECTs. */
    public List<String> heads() {
        return List.copyOf(heads);
    }

    private void serve(Socket socket) throws IOException {
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
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() {
        server.close();
    }
}
