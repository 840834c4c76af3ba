package dev.wick.e2e.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One request at an {@link Upstream}, and the connection to answer it on. One thread. */
public final class Exchange {

    private final Request request;
    private final Socket socket;
    private final InputStream body;
    private final List<Field> trailers = new ArrayList<>();
    private final OutputStream out;

    Exchange(Request request, Socket socket, InputStream in) throws IOException {
        this.request = request;
        this.socket = socket;
        this.out = socket.getOutputStream();
        String length = request.field("content-length");
        this.body =
                request.field("transfer-encoding") != null
                        ? Wire.chunks(in, trailers)
                        : Wire.ofLength(in, length == null ? 0 : Long.parseLong(length));
    }

    public Request request() {
        return request;
    }

    /** The request's body as it comes, decoded. */
    public InputStream stream() {
        return body;
    }

    /** What is left of the request's body. */
    public byte[] body() throws IOException {
        return body.readAllBytes();
    }

    /** Complete once the body was read to its end. */
    public List<Field> trailers() {
        return trailers;
    }

    /** A whole answer. {@code fields} are whole lines, {@code name: value}. */
    public void reply(int status, String text, String... fields) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
        for (String field : fields) {
            head.append(field).append("\r\n");
        }
        head.append("content-length: ").append(bytes.length).append("\r\n\r\n");
        send(head.toString());
        if (!request.method().equals("HEAD")) {
            send(bytes, bytes.length);
        }
    }

    /** These bytes and no others. */
    public void send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        send(bytes, bytes.length);
    }

    public void send(byte[] bytes, int count) throws IOException {
        out.write(bytes, 0, count);
        out.flush();
    }

    /** Ends the connection with FIN. */
    public void end() throws IOException {
        socket.close();
    }

    /** Ends the output with FIN, and waits until the other side has done the same. */
    public void endAndAwait() throws IOException {
        socket.shutdownOutput();
        socket.setSoTimeout(5_000);
        socket.getInputStream().skip(Long.MAX_VALUE);
        socket.close();
    }

    /** Ends the connection with RST. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    public int remotePort() {
        return socket.getPort();
    }
}
