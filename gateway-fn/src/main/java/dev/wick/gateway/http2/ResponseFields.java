package dev.wick.gateway.http2;

import org.jspecify.annotations.Nullable;

/** A response's head, or its trailers, as a host sends them. Confined to a connection. */
public final class ResponseFields extends ReadFields {

    /** Envoy's default. */
    private static final int MOST_FIELDS = 100;

    private static final int LONGEST_LENGTH = 18;

    private @Nullable CharSequence status;

    @Override
    void forget() {
        status = null;
    }

    /** 100-999, or -1 where there is none. */
    public int code() {
        CharSequence text = status;
        return text == null
                ? -1
                : (text.charAt(0) - '0') * 100 + (text.charAt(1) - '0') * 10 + text.charAt(2) - '0';
    }

    @Override
    boolean pseudo(CharSequence name, CharSequence value) {
        boolean first =
                PseudoHeaderName.STATUS.value().contentEquals(name)
                        && status == null
                        && value.length() == 3
                        && digits(value)
                        && value.charAt(0) != '0';
        if (first) {
            status = value;
        }
        return first;
    }

    @Override
    boolean regular(String name, String value) {
        boolean length = name.equals("content-length");
        if (name.equals("te")
                || headers().size() >= MOST_FIELDS
                || length && (lengths() > 1 || value.length() > LONGEST_LENGTH || !digits(value))) {
            return false;
        }
        headers().add(name, value);
        return true;
    }

    @Override
    public @Nullable CharSequence status() {
        return status;
    }
}
