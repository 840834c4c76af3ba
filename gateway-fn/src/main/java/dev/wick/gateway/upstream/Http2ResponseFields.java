package dev.wick.gateway.upstream;

import dev.wick.http.Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A block of fields as Netty's decoder fills it: a response's head, or its trailers. Confined to a
 * connection and used for one block after the other.
 *
 * <p>As strict as the HTTP/1 parser (RFC 9113, 8.2 and 8.3): what is read here may be written to a
 * client by HTTP/1, where a stray octet would be another response.
 */
final class Http2ResponseFields extends Http2Fields {

    /** Envoy's default. */
    private static final int MOST_FIELDS = 100;

    private static final boolean[] NAME = new boolean[256];

    static {
        for (int c = 'a'; c <= 'z'; c++) {
            NAME[c] = true;
        }
        for (char c : "0123456789!#$%&'*+-.^_`|~".toCharArray()) {
            NAME[c] = true;
        }
    }

    private final Headers fields = new Headers();
    private @Nullable CharSequence status;
    private @Nullable CharSequence contentLength;

    Http2ResponseFields cleared() {
        fields.clear();
        status = null;
        contentLength = null;
        return this;
    }

    /** Valid until the next block is read. */
    Headers fields() {
        return fields;
    }

    /** 100-599, or -1 where there is none. */
    int code() {
        CharSequence text = status;
        return text == null
                ? -1
                : (text.charAt(0) - '0') * 100 + (text.charAt(1) - '0') * 10 + text.charAt(2) - '0';
    }

    @Override
    public Http2Headers add(CharSequence name, CharSequence value) {
        if (name.length() > 0 && name.charAt(0) == ':') {
            pseudo(name, value);
            return this;
        }
        String text = name.toString();
        if (!lowerCaseToken(name) || !fieldValue(value) || connectionOnly(text)) {
            throw new IllegalArgumentException("field: of no sound response");
        }
        if (fields.size() >= MOST_FIELDS) {
            throw new IllegalArgumentException("fields: more than " + MOST_FIELDS);
        }
        if (text.equals("content-length")) {
            length(value);
        }
        fields.add(text, value.toString());
        return this;
    }

    private void pseudo(CharSequence name, CharSequence value) {
        if (!PseudoHeaderName.STATUS.value().contentEquals(name)
                || status != null
                || fields.size() > 0
                || value.length() != 3
                || value.charAt(0) < '1'
                || value.charAt(0) > '5'
                || !digit(value.charAt(1))
                || !digit(value.charAt(2))) {
            throw new IllegalArgumentException(":status: not exactly one of 100-599, and first");
        }
        status = value;
    }

    private void length(CharSequence value) {
        boolean number = value.length() > 0 && value.length() <= 18;
        for (int i = 0; i < value.length(); i++) {
            number &= digit(value.charAt(i));
        }
        if (!number || contentLength != null) {
            throw new IllegalArgumentException("content-length: not one number");
        }
        contentLength = value;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean lowerCaseToken(CharSequence name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c > 0xff || !NAME[c]) {
                return false;
            }
        }
        return name.length() > 0;
    }

    private static boolean fieldValue(CharSequence value) {
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
            case "connection",
                    "keep-alive",
                    "proxy-connection",
                    "te",
                    "transfer-encoding",
                    "upgrade" ->
                    true;
            default -> false;
        };
    }

    @Override
    public List<CharSequence> getAll(CharSequence name) {
        if (contentLength == null || !AsciiString.contentEquals(name, "content-length")) {
            return List.of();
        }
        List<CharSequence> lengths = new ArrayList<>(1);
        lengths.add(contentLength);
        return lengths;
    }

    /** Netty normalizes the length; it is plain here. */
    @Override
    public Http2Headers setLong(CharSequence name, long value) {
        return this;
    }

    @Override
    public int size() {
        return fields.size() + (status == null ? 0 : 1);
    }

    @Override
    public @Nullable CharSequence status() {
        return status;
    }
}
