package dev.wick.http;

/** The head of a response: a mutable view, confined to the event loop of its exchange. */
public final class ResponseHead {

    private int status;
    private boolean last;
    private boolean open;
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

    /** Whether it is known that neither a body nor trailers follow. */
    public boolean last() {
        return last;
    }

    public void last(boolean last) {
        this.last = last;
    }

    /** Whether something may follow whatever the head says of a body: trailers, in HTTP/2. */
    public boolean open() {
        return open;
    }

    public void open(boolean open) {
        this.open = open;
    }

    public Headers headers() {
        return headers;
    }
}
