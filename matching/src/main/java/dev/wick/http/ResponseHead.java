package dev.wick.http;

/** The head of a response: a mutable view, confined to the event loop of its exchange. */
public final class ResponseHead {

    private int status;
    private final Headers headers = new Headers();

    public ResponseHead() {}

    public ResponseHead(int status) {
        this.status = status;
    }

    /** 100-599. */
    public int status() {
        return status;
    }

    public void status(int status) {
        this.status = status;
    }

    public Headers headers() {
        return headers;
    }
}
