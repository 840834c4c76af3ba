package dev.wick.cli.train;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One HTTP/1.1 connection to an instance, with one request at a time. */
final class Http1 implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final byte[] POSTED = "x".repeat(4_096).getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final InputStream in;

    Http1(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends a request without a body and reads the answer to its end. */
    int get(String host, String path) throws IOException {
        send(head("GET", host, path) + "\r\n", new byte[0]);
        return answer();
    }

    int post(String host, String path) throws IOException {
        send(head("POST", host, path) + "content-length: 4096\r\n\r\n", POSTED);
        return answer();
    }

    int postChunked(String host, String path) throws IOException {
        byte[] body =
                ("1000\r\n" + "x".repeat(4_096) + "\r\n0\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
        send(head("POST", host, path) + "transfer-encoding: chunked\r\n\r\n", body);
        return answer();
    }

    private static String head(String method, String host, String path) {
        return method
                + " "
                + path
                + " HTTP/1.1\r\nhost: "
                + host
                + "\r\nuser-agent: curl/8.0.0\r\naccept: */*\r\n";
    }

    private void send(String head, byte[] body) throws IOException {
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[start.length + body.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        socket.getOutputStream().write(all);
    }

    private int answer() throws IOException {
        int status = Integer.parseInt(line().substring(9, 12));
        int length = 0;
        boolean chunked = false;
        for (String field = line(); !field.isEmpty(); field = line()) {
            String lower = field.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:");
        }
        if (chunked) {
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                in.skipNBytes(size + 2L);
            }
            line();
        } else {
            in.skipNBytes(length);
        }
        return status;
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().replaceFirst(";.*", "").strip(), 16);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended within an answer");
            }
            line.append((char) next);
        }
        line.setLength(Math.max(0, line.length() - 1));
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
