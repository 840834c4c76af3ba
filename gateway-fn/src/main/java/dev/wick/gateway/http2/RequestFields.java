package dev.wick.gateway.http2;

import dev.wick.http.Headers;

/** A request's head, or its trailers, as a client sends them. Confined to a connection. */
public final class RequestFields extends ReadFields {

    private static final String COOKIE = "cookie";

    /** Room for crumbs that is kept for the next head. */
    private static final int KEPT_CRUMBS = 4_096;

    private static final boolean[] TARGET = new boolean[256];

    static {
        for (int c = 0x21; c < 0x7f; c++) {
            TARGET[c] = c != '#';
        }
    }

    private final StringBuilder crumbs = new StringBuilder();
    private boolean cookieSeen;
    private boolean authoritySeen;
    private String method = "";
    private String scheme = "";
    private String authority = "";
    private String path = "";
    private String protocol = "";

    @Override
    void forget() {
        if (crumbs.capacity() > KEPT_CRUMBS) {
            crumbs.setLength(0);
            crumbs.trimToSize();
        }
        crumbs.setLength(0);
        cookieSeen = false;
        authoritySeen = false;
        method = "";
        scheme = "";
        authority = "";
        path = "";
        protocol = "";
    }

    /** A token, or empty where there is none. */
    public String method() {
        return method;
    }

    /** {@code http} or {@code https}, or empty where there is none. */
    public String scheme() {
        return scheme;
    }

    /** As it is sent, or empty. */
    public String authority() {
        return authority;
    }

    /** Of characters that a target may have, or empty where there is none. */
    public String path() {
        return path;
    }

    /** What the stream is to become (RFC 8441): a token, or empty where there is none. */
    public String protocol() {
        return protocol;
    }

    @Override
    boolean pseudo(CharSequence name, CharSequence value) {
        String text = value.toString();
        switch (name.toString()) {
            case ":method" -> {
                boolean first = method.isEmpty();
                method = text;
                return first && token(text);
            }
            case ":scheme" -> {
                boolean first = scheme.isEmpty();
                scheme = text;
                return first && (text.equals("http") || text.equals("https"));
            }
            case ":path" -> {
                boolean first = path.isEmpty();
                path = text;
                return first && !text.isEmpty() && target(text);
            }
            case ":authority" -> {
                boolean first = !authoritySeen;
                authoritySeen = true;
                authority = text;
                return first;
            }
            case ":protocol" -> {
                boolean first = protocol.isEmpty();
                protocol = text;
                return first && token(text);
            }
            default -> {
                return false;
            }
        }
    }

    private static boolean target(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 0xff || !TARGET[c]) {
                return false;
            }
        }
        return true;
    }

    @Override
    boolean regular(String name, String value) {
        switch (name) {
            case "http2-settings" -> {
                return false;
            }
            case "te" -> {
                if (!value.equalsIgnoreCase("trailers")) {
                    return false;
                }
            }
            case COOKIE -> {
                if (cookieSeen) {
                    crumb(value);
                    return true;
                }
                cookieSeen = true;
            }
            default -> {
                // Taken as it is.
            }
        }
        super.headers().add(name, value);
        return true;
    }

    /**
     * Crumbs become one field again (RFC 9113, 8.2.3): at the end, since there may be thousands.
     */
    private void crumb(String value) {
        if (crumbs.isEmpty()) {
            crumbs.append(super.headers().get(COOKIE));
        }
        crumbs.append("; ").append(value);
    }

    @Override
    public Headers headers() {
        Headers headers = super.headers();
        if (!crumbs.isEmpty()) {
            headers.set(COOKIE, crumbs.toString());
            crumbs.setLength(0);
        }
        return headers;
    }
}
