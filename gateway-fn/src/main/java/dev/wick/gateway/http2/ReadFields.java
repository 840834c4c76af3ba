package dev.wick.gateway.http2;

import dev.wick.http.Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;

/**
 * A block of fields as Netty's decoder fills it: a head, or trailers. Confined to a connection and
 * used for one block after the other.
 *
 * <p>As strict as the HTTP/1 parser (RFC 9113, 8.2 and 8.3): what is read here may be written by
 * HTTP/1, where a stray octet would be another message. What is not sound is remembered rather than
 * thrown: the decoder must read on, and its stream is to hear of it.
 */
public abstract class ReadFields extends Fields {

    private static final String CONTENT_LENGTH = "content-length";
    private static final boolean[] NAME = new boolean[256];

    static {
        for (int c = 'a'; c <= 'z'; c++) {
            NAME[c] = true;
        }
        for (char c : "0123456789!#$%&'*+-.^_`|~".toCharArray()) {
            NAME[c] = true;
        }
    }

    private final Headers headers = new Headers();
    private final ArrayList<CharSequence> lengths = new ArrayList<>(1);
    private boolean sound = true;
    private int pseudos;
    private int octets;

    ReadFields() {}

    /** Ready for the next block. */
    final ReadFields cleared() {
        headers.clear();
        lengths.clear();
        sound = true;
        pseudos = 0;
        octets = 0;
        forget();
        return this;
    }

    /** What the class below keeps. */
    abstract void forget();

    /** Takes a pseudo field in; false where it may not be. */
    abstract boolean pseudo(CharSequence name, CharSequence value);

    /** Takes a field in whose octets are sound; false where it may not be. */
    abstract boolean regular(String name, String value);

    /** Whether each field may be where it is. */
    public final boolean sound() {
        return sound;
    }

    /** Of names and values, pseudo fields included. */
    public final int octets() {
        return octets;
    }

    /** Whether they are trailers, as far as their names tell. */
    public final boolean withoutPseudo() {
        return pseudos == 0;
    }

    /** Without pseudo fields. Valid until the next block is read. */
    public Headers headers() {
        return headers;
    }

    @Override
    public final Http2Headers add(CharSequence name, CharSequence value) {
        if (!sound) {
            return this;
        }
        octets += name.length() + value.length();
        if (name.length() > 0 && name.charAt(0) == ':') {
            pseudos++;
            sound = headers.size() == 0 && pseudo(name, value);
        } else {
            sound = taken(name.toString(), value.toString());
        }
        return this;
    }

    private boolean taken(String name, String value) {
        if (!lowerCaseToken(name) || !fieldValue(value) || connectionOnly(name)) {
            return false;
        }
        if (name.equals(CONTENT_LENGTH)) {
            lengths.add(value);
        }
        return regular(name, value);
    }

    /** How often a length is told. */
    final int lengths() {
        return lengths.size();
    }

    private static boolean lowerCaseToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c > 0xff || !NAME[c]) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** Whether it is a token, be its letters small or not. */
    static boolean token(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 0xff || !NAME[c >= 'A' && c <= 'Z' ? c | 0x20 : c]) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean fieldValue(String value) {
        int length = value.length();
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c < 0x20 && c != '\t' || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return length == 0 || !blank(value.charAt(0)) && !blank(value.charAt(length - 1));
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean connectionOnly(String name) {
        return switch (name) {
            case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade" ->
                    true;
            default -> false;
        };
    }

    static boolean digits(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return text.length() > 0;
    }

    /** Netty asks for lengths, and holds the bodies against them. */
    @Override
    public final List<CharSequence> getAll(CharSequence name) {
        return AsciiString.contentEquals(name, CONTENT_LENGTH) ? lengths : List.of();
    }

    /**
     * The length that Netty has understood, which may have been told twice, or with zeros first.
     */
    @Override
    public final Http2Headers setLong(CharSequence name, long value) {
        CharSequence told = lengths.get(0);
        if (lengths.size() > 1 || !digits(told) || told.charAt(0) == '0' && told.length() > 1) {
            headers.set(CONTENT_LENGTH, Long.toString(value));
        }
        return this;
    }

    @Override
    public final int size() {
        return pseudos + headers.size();
    }
}
