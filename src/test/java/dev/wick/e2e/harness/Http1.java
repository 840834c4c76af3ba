package dev.wick.e2e.harness;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client connection that sends exactly what it is given. Blocking, one thread. */
public final class Http1 implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private Http1(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        this.out = socket.getOutputStream();
    }

    public static Http1 open(int port) {
        return open(port, 0);
    }

    /**
     * With a receive buffer of {@code receiveBuffer} bytes, so that little is on its way when
     * nobody reads; 0 for the system's.
     */
    public static Http1 open(int port, int receiveBuffer) {
        try {
            Socket socket = new Socket();
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
            return new Http1(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits at most {@code millis} for what it is asked to read. */
    public Http1 patience(int millis) {
        try {
            socket.setSoTimeout(millis);
            return this;
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A GET on a connection of its own. {@code fields} are whole lines, {@code name: value}. */
    public static Reply get(int port, String host, String path, String... fields) {
        try (Http1 client = open(port)) {
            return client.request("GET", host, path, "", fields);
        }
    }

    /**
     * Sends a request, with a Content-Length where {@code body} is not empty, and reads its answer.
     */
    public Reply request(String method, String host, String path, String body, String... fields) {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nhost: " + host);
        for (String field : fields) {
            head.append("\r\n").append(field);
        }
        if (!body.isEmpty()) {
            head.append("\r\ncontent-length: ")
                    .append(body.getBytes(StandardCharsets.UTF_8).length);
        }
        send(head + "\r\n\r\n" + body);
        return reply(method);
    }

    public Http1 send(String text) {
        return send(text.getBytes(StandardCharsets.UTF_8), 0, -1);
    }

    public Http1 send(byte[] bytes, int offset, int count) {
        try {
            out.write(bytes, offset, count < 0 ? bytes.length - offset : count);
            out.flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Reply reply() {
        return reply("GET");
    }

    /** The next final answer, to a request with {@code method}. */
    public Reply reply(String method) {
        try {
            List<Integer> interim = new ArrayList<>();
            Head head = head();
            for (; head.status() < 200 && head.status() != 101; head = head()) {
                interim.add(head.status());
            }
            List<Field> trailers = new ArrayList<>();
            byte[] body = head.bodiless(method) ? new byte[0] : body(head, trailers).readAllBytes();
            return new Reply(head.status(), head.reason(), head.fields(), body, trailers, interim);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Status line and fields of an answer whose body the caller reads from {@link #body}. */
    public record Head(int status, String reason, List<Field> fields) {
        boolean bodiless(String method) {
            boolean tunnel = method.equals("CONNECT") && status / 100 == 2;
            return tunnel
                    || method.equals("HEAD")
                    || status == 204
                    || status == 304
                    || status < 200;
        }
    }

    public Head head() {
        try {
            String line = Wire.line(in);
            if (line == null) {
                throw new EOFException("the connection ended before an answer");
            }
            String[] parts = line.split(" ", 3);
            return new Head(
                    Integer.parseInt(parts[1]), parts.length > 2 ? parts[2] : "", Wire.fields(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public InputStream body(Head head, List<Field> trailers) {
        if ("chunked".equalsIgnoreCase(Wire.value(head.fields(), "transfer-encoding"))) {
            return Wire.chunks(in, trailers);
        }
        String length = Wire.value(head.fields(), "content-length");
        return length == null ? in : Wire.ofLength(in, Long.parseLong(length));
    }

    /** Whether the other side ended the connection without another byte; waits for that. */
    public boolean ended() {
        try {
            return in.read() < 0;
        } catch (SocketException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that comes until the other side ends the connection. */
    public String rest() {
        try {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends with RST. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        close();
    }

    public int localPort() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
