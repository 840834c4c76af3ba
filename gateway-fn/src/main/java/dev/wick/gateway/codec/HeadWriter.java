package dev.wick.gateway.codec;

import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import dev.wick.http.ResponseHead;
import dev.wick.http.Spelling;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes heads, and decides how the body of each is framed. Confined to the loop of its workbench.
 *
 * <p>Names and values are written as they are: they come from a parser, or were checked at
 * admission.
 */
public final class HeadWriter {

    private static final byte[] VERSION = ascii(" HTTP/1.1\r\nhost: ");
    private static final byte[] CHUNKED = ascii("transfer-encoding: chunked\r\n");
    private static final byte[] NOTHING = {};
    private static final byte[] NO_LENGTH = ascii("content-length: 0\r\n");
    private static final byte[] CLOSE = ascii("connection: close\r\n");
    private static final byte[] KEEP_ALIVE = ascii("connection: keep-alive\r\n");

    private static final String HOST = "host: ";

    private final Workbench bench;
    private final boolean proper;
    private byte[] bytes;
    private int length;

    /** Whether names are not in lower case: of the head that is being written. */
    private boolean spelt;

    private @Nullable Spelling spelling;

    public HeadWriter(Workbench bench) {
        this(bench, false);
    }

    /**
     * @param proper whether the words of names begin with capitals, where a head has no {@link
     *     Spelling}
     */
    public HeadWriter(Workbench bench, boolean proper) {
        this.bench = bench;
        this.bytes = bench.bytes(0, 0);
        this.proper = proper;
    }

    /**
     * The head of a request in HTTP/1.1. A body is framed by {@code content-length} where the head
     * has it, else by chunks; what follows an upgrade, not at all.
     *
     * @param body told how to write the body
     * @param end whether the request has no body
     * @return of which the caller becomes the owner
     */
    public ByteBuf request(
            ByteBufAllocator allocator, RequestHead head, BodyWriter body, boolean end) {
        begin(head.headers());
        put(head.method());
        put(' ');
        put(head.path().isEmpty() ? head.authority() : head.path());
        put(VERSION);
        if (spelt) {
            spell("host", length - HOST.length());
        }
        put(head.authority());
        lineEnd();
        long contentLength = fields(head.headers());
        if (!head.upgrade().isEmpty()) {
            body.untilClose();
        } else if (contentLength >= 0) {
            body.length(contentLength);
        } else if (!end) {
            body.chunked();
            field(CHUNKED);
        } else {
            body.length(0);
            if (!withoutBody(head.method())) {
                field(NO_LENGTH);
            }
        }
        lineEnd();
        return copy(allocator);
    }

    /**
     * The head of a response. A body is framed by {@code content-length} where the head has it,
     * else by chunks, or for HTTP/1.0 by the end of the connection.
     *
     * @param body told how to write the body
     * @param end whether the response has no body
     * @param toHead whether it answers HEAD, which has no body whatever its fields say
     * @param minorVersion of the request
     * @param keepAlive whether the connection is kept; see {@link BodyWriter#endsWithConnection}
     * @return of which the caller becomes the owner
     */
    public ByteBuf response(
            ByteBufAllocator allocator,
            ResponseHead head,
            BodyWriter body,
            boolean end,
            boolean toHead,
            int minorVersion,
            boolean keepAlive) {
        begin(head.headers());
        statusLine(head.status(), minorVersion);
        long contentLength = fields(head.headers());
        byte[] framing = framing(contentLength, head.status(), body, end, toHead, minorVersion);
        connection(head.status(), minorVersion, keepAlive && !body.endsWithConnection());
        field(framing);
        lineEnd();
        return copy(allocator);
    }

    /** The field that frames the body, where the head has none and needs one. */
    private static byte[] framing(
            long contentLength,
            int status,
            BodyWriter body,
            boolean end,
            boolean toHead,
            int minorVersion) {
        if (status < 200 || status == 204 || status == 304) {
            body.length(0);
        } else if (contentLength >= 0) {
            body.length(toHead ? 0 : contentLength);
        } else if (toHead) {
            body.length(0);
            return minorVersion == 1 ? CHUNKED : NOTHING;
        } else if (end) {
            body.length(0);
            return NO_LENGTH;
        } else if (minorVersion == 1) {
            body.chunked();
            return CHUNKED;
        } else {
            body.untilClose();
        }
        return NOTHING;
    }

    /**
     * The head of a response behind which the connection is no longer HTTP.
     *
     * @param body told to write the rest as it is
     * @return of which the caller becomes the owner
     */
    public ByteBuf tunnel(
            ByteBufAllocator allocator, ResponseHead head, BodyWriter body, int minorVersion) {
        begin(head.headers());
        statusLine(head.status(), minorVersion);
        fields(head.headers());
        body.untilClose();
        lineEnd();
        return copy(allocator);
    }

    private void connection(int status, int minorVersion, boolean keepAlive) {
        if (!keepAlive && status >= 200) {
            field(CLOSE);
        } else if (minorVersion == 0) {
            field(KEEP_ALIVE);
        }
    }

    /** Methods that have no body unless they say so (Envoy sends no length of 0 with them). */
    private static boolean withoutBody(String method) {
        return switch (method) {
            case "GET", "HEAD", "DELETE", "TRACE", "CONNECT" -> true;
            default -> false;
        };
    }

    /** Returns the content length, or -1 where there is none. */
    private long fields(Headers headers) {
        long contentLength = -1;
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            String value = headers.value(i);
            room(name.length() + value.length() + 4);
            put(name);
            bytes[length++] = ':';
            bytes[length++] = ' ';
            if (spelt) {
                spell(name, length - name.length() - 2);
            }
            put(value);
            lineEnd();
            if (name.length() == 14 && name.equals("content-length")) {
                contentLength = Long.parseLong(value);
            }
        }
        return contentLength;
    }

    private void begin(Headers headers) {
        bytes = bench.bytes(0, 0);
        length = 0;
        spelling = headers.spelling();
        spelt = proper || spelling != null;
    }

    private void statusLine(int status, int minorVersion) {
        Spelling learnt = spelling;
        if (learnt == null || learnt.reason().isEmpty()) {
            put(StatusLines.line(status, minorVersion));
        } else {
            put("HTTP/1." + minorVersion + ' ' + status + ' ' + learnt.reason());
            lineEnd();
        }
    }

    /** A whole line that begins with a name, or nothing. */
    private void field(byte[] line) {
        int start = length;
        put(line);
        if (spelt && line.length > 0) {
            int end = start;
            while (bytes[end] != ':') {
                end++;
            }
            spell(new String(bytes, start, end - start, StandardCharsets.US_ASCII), start);
        }
    }

    /** Spells a name that stands at a place in lower case, as the head or the writer has it. */
    private void spell(String name, int at) {
        Spelling learnt = spelling;
        String sent = learnt == null ? null : learnt.sent(name);
        if (sent != null) {
            octets(sent, at);
        } else if (learnt == null ? proper : learnt.proper()) {
            capitalise(at, at + name.length());
        }
    }

    /** A letter becomes a capital unless a letter or a digit stands before it. */
    private void capitalise(int start, int end) {
        boolean within = false;
        for (int i = start; i < end; i++) {
            boolean letter = bytes[i] >= 'a' && bytes[i] <= 'z';
            if (letter && !within) {
                bytes[i] -= 'a' - 'A';
            }
            within = letter || bytes[i] >= '0' && bytes[i] <= '9';
        }
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = bench.bytes(length + more, length);
        }
    }

    private void put(String text) {
        room(text.length());
        octets(text, length);
        length += text.length();
    }

    // A String's octets at once: characters above 255 cannot be here.
    @SuppressWarnings("deprecation")
    private void octets(String text, int at) {
        text.getBytes(0, text.length(), bytes, at);
    }

    private void put(byte[] text) {
        room(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
    }

    private void put(char octet) {
        room(1);
        bytes[length++] = (byte) octet;
    }

    private void lineEnd() {
        room(2);
        bytes[length++] = Octets.CR;
        bytes[length++] = Octets.LF;
    }

    private ByteBuf copy(ByteBufAllocator allocator) {
        return allocator.directBuffer(length, length).writeBytes(bytes, 0, length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
