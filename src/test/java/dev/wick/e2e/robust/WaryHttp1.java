package dev.wick.e2e.robust;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A {@link Wary} host that speaks HTTP/1.1. */
final class WaryHttp1 extends Wary {

    @Override
    String options() {
        return "";
    }

    @Override
    boolean endsByLength() {
        return true;
    }

    @Override
    void serve(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
        for (String head = head(in); head != null; head = head(in)) {
            if (!serve(socket, in, head)) {
                return;
            }
        }
    }

    /** False where it would not read on. */
    private boolean serve(Socket socket, InputStream in, String head) throws IOException {
        String[] lines = head.split("\r\n", -1);
        String complaint = complaint(lines);
        if (complaint != null) {
            complain(complaint + ": " + head);
            return false;
        }
        String[] words = lines[0].split(" ");
        StringBuilder body = new StringBuilder();
        try {
            body(in, lines, body);
        } catch (EOFException e) {
            brokeOff(new Message(words[0], words[1], value(lines, "host"), body.toString()));
            return false;
        }
        took(new Message(words[0], words[1], value(lines, "host"), body.toString()));
        String answer =
                "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n"
                        + (words[0].equals("HEAD") ? "" : "ok");
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        return true;
    }

    private static @Nullable String complaint(String[] lines) {
        if (!lines[0].matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+ (/[!-~\\x80-\\xff]*|\\*) HTTP/1\\.1")) {
            return "the request line";
        }
        for (int i = 1; i < lines.length - 2; i++) {
            if (!lines[i].matches("[!#$%&'*+.^_`|~0-9a-z-]+: [\\t -~\\x80-\\xff]*")) {
                return "the field " + lines[i];
            }
        }
        int lengths = count(lines, "content-length");
        int codings = count(lines, "transfer-encoding");
        if (count(lines, "host") != 1 || lengths + codings > 1) {
            return "hosts or framing";
        }
        if (lengths == 1 && !value(lines, "content-length").matches("[0-9]{1,18}")
                || codings == 1 && !value(lines, "transfer-encoding").equals("chunked")) {
            return "framing";
        }
        boolean ours =
                count(lines, "x-request-id") == 1
                        && count(lines, "x-forwarded-proto") == 1
                        && count(lines, "x-envoy-internal") == 0;
        return ours ? null : "what the gateway says";
    }

    private static int count(String[] lines, String name) {
        int count = 0;
        for (String line : lines) {
            count += line.toLowerCase(Locale.ROOT).startsWith(name + ":") ? 1 : 0;
        }
        return count;
    }

    private static String value(String[] lines, String name) {
        for (String line : lines) {
            if (line.startsWith(name + ": ")) {
                return line.substring(name.length() + 2);
            }
        }
        return "";
    }

    private void body(InputStream in, String[] lines, StringBuilder to) throws IOException {
        if (count(lines, "transfer-encoding") == 0) {
            String length = value(lines, "content-length");
            take(in, length.isEmpty() ? 0 : Long.parseLong(length), to);
            return;
        }
        long size = 1;
        while (size > 0) {
            String line = line(in);
            if (!line.matches("[0-9a-fA-F]{1,15}")) {
                complain("a chunk: " + line);
                throw new EOFException();
            }
            size = Long.parseLong(line, 16);
            take(in, size, to);
            if (!line(in).isEmpty()) {
                complain("what follows a chunk of " + size);
                throw new EOFException();
            }
        }
    }

    private static void take(InputStream in, long length, StringBuilder to) throws IOException {
        byte[] piece = new byte[4096];
        for (long left = length; left > 0; ) {
            int read = in.read(piece, 0, (int) Math.min(left, piece.length));
            if (read < 0) {
                throw new EOFException();
            }
            to.append(new String(piece, 0, read, StandardCharsets.ISO_8859_1));
            left -= read;
        }
    }

    /** A line without its CRLF. */
    private static String line(InputStream in) throws IOException {
        String line = upTo(in, "\r\n");
        if (line == null) {
            throw new EOFException();
        }
        return line.substring(0, line.length() - 2);
    }

    /** All up to and with the empty line; null at the end. */
    private static @Nullable String head(InputStream in) throws IOException {
        return upTo(in, "\r\n\r\n");
    }

    private static @Nullable String upTo(InputStream in, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        int matched = 0;
        while (matched < end.length()) {
            int octet = in.read();
            if (octet < 0) {
                return null;
            }
            read.append((char) octet);
            matched = octet == end.charAt(matched) ? matched + 1 : octet == '\r' ? 1 : 0;
        }
        return read.toString();
    }
}
