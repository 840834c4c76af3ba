package dev.wick.http;

/** The head of a request: a mutable view, confined to the event loop of its exchange. */
public final class RequestHead {

    private String method = "";
    private String scheme = "";
    private String authority = "";
    private String path = "";
    private String upgrade = "";
    private boolean http2;
    private final Headers headers = new Headers();

    /** As sent, upper and lower case kept. */
    public String method() {
        return method;
    }

    public void method(String method) {
        this.method = method;
    }

    /** {@code http} or {@code https}. */
    public String scheme() {
        return scheme;
    }

    public void scheme(String scheme) {
        this.scheme = scheme;
    }

    /** {@code Host} or {@code :authority}, as sent, port included. */
    public String authority() {
        return authority;
    }

    public void authority(String authority) {
        this.authority = authority;
    }

    /** Path and query in origin form, as {@code /a/b?c=d}. */
    public String path() {
        return path;
    }

    public void path(String path) {
        this.path = path;
    }

    /**
     * What the connection is to become, as sent: {@code websocket}, or {@code CONNECT} for a method
     * of that name; empty where it stays what it is. Beside {@code CONNECT}, the headers have
     * {@code connection} and {@code upgrade}.
     */
    public String upgrade() {
        return upgrade;
    }

    public void upgrade(String upgrade) {
        this.upgrade = upgrade;
    }

    /** Whether it is CONNECT, whatever it says of an upgrade. */
    public boolean connects() {
        return method.equals("CONNECT");
    }

    /** Whether the client sent it by HTTP/2. */
    public boolean http2() {
        return http2;
    }

    public void http2(boolean http2) {
        this.http2 = http2;
    }

    /** Without {@code host} and pseudo headers. */
    public Headers headers() {
        return headers;
    }
}
