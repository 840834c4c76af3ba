package dev.wick.e2e.robust;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Frames of HTTP/2, sound or not, one after the other. Texts are octets. */
final class Frames {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;
    static final int PADDED = 8;

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Begins a connection. */
    Frames begin() {
        raw(PREFACE);
        return frame(SETTINGS, 0, 0, "");
    }

    /** Octets that need not be a frame. */
    Frames raw(String octets) {
        out.writeBytes(octets.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    Frames frame(int type, int flags, int stream, String payload) {
        return frame(payload.length(), type, flags, stream, payload);
    }

    /** With a length that may be wrong. */
    Frames frame(int length, int type, int flags, int stream, String payload) {
        out.write(length >>> 16);
        out.write(length >>> 8);
        out.write(length);
        out.write(type);
        out.write(flags);
        return raw(number(stream)).raw(payload);
    }

    byte[] octets() {
        return out.toByteArray();
    }

    /** In four octets. */
    static String number(int value) {
        return ""
                + (char) (value >>> 24 & 0xff)
                + (char) (value >>> 16 & 0xff)
                + (char) (value >>> 8 & 0xff)
                + (char) (value & 0xff);
    }

    /** A literal field without indexing, as it is. */
    static String field(String name, String value) {
        return "\0" + string(name) + string(value);
    }

    private static String string(String text) {
        StringBuilder length = new StringBuilder();
        int left = text.length();
        if (left < 127) {
            length.append((char) left);
        } else {
            length.append((char) 127);
            for (left -= 127; left >= 128; left >>>= 7) {
                length.append((char) (left & 127 | 128));
            }
            length.append((char) left);
        }
        return length + text;
    }
}
