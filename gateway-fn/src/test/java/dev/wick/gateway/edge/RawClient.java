package dev.wick.gateway.edge;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client on a socket: what it sends and reads is octets. */
final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    RawClient(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = socket.getInputStream();
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        return this;
    }

    /** GET of a path on {@code x.test}, with further lines. */
    RawClient get(String path, String... lines) throws IOException {
        String more = lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n";
        return send("GET " + path + " HTTP/1.1\r\nHost: x.test\r\n" + more + "\r\n");
    }

    /** The next response: head as it came, an empty line, body. */
    String response() throws IOException {
        return response(true);
    }

    /** The next response to a HEAD. */
    String head() throws IOException {
        return response(false);
    }

    private String response(boolean withBody) throws IOException {
        String head = readHead();
        String lower = head.toLowerCase(Locale.ROOT);
        int status = Integer.parseInt(head.substring(9, 12));
        if (!withBody || status < 200 || status == 204 || status == 304) {
            return head;
        }
        if (lower.contains("transfer-encoding: chunked")) {
            return head + chunks();
        }
        int at = lower.indexOf("content-length: ");
        int end = lower.indexOf('\r', at);
        return head + read(Integer.parseInt(lower.substring(at + 16, end)));
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        while (true) {
            int size = Integer.parseInt(readLine(), 16);
            if (size == 0) {
                readLine();
                return body.toString();
            }
            body.append(read(size));
            readLine();
        }
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.indexOf("\r\n") < 0) {
            line.append((char) octet());
        }
        return line.substring(0, line.length() - 2);
    }

    String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
            head.append((char) octet());
        }
        return head.toString();
    }

    private int octet() throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw new IOException("the connection ended");
        }
        return octet;
    }

    String read(int length) throws IOException {
        byte[] octets = in.readNBytes(length);
        if (octets.length < length) {
            throw new IOException("the connection ended after " + octets.length + " octets");
        }
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    /** All that comes until the connection ends, in whichever way. */
    String rest() throws IOException {
        StringBuilder rest = new StringBuilder();
        try {
            int octet = in.read();
            while (octet >= 0) {
                rest.append((char) octet);
                octet = in.read();
            }
        } catch (SocketException reset) {
            rest.append("<reset>");
        }
        return rest.toString();
    }

    /** Whether nothing comes for a moment, and the connection stays. */
    boolean silent() throws IOException {
        socket.setSoTimeout(200);
        try {
            return in.read() == -2;
        } catch (SocketTimeoutException nothing) {
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
