package dev.wick.route;

import java.util.ArrayList;
import java.util.List;

/** A request's hash, as its parts make it. Confined to the request's loop. */
public final class RequestHash {

    private boolean present;
    private long value;
    private final List<String> cookies = new ArrayList<>(0);

    /**
     * Turned before the next part comes in, so that two equal ones do not cancel each other out.
     */
    void mix(long part) {
        value = (present ? Long.rotateLeft(value, 1) : 0) ^ part;
        present = true;
    }

    /** A cookie that the client is to keep. */
    void give(String setCookie) {
        cookies.add(setCookie);
    }

    /** Whether there is a hash. */
    public boolean present() {
        return present;
    }

    public long value() {
        return value;
    }

    /** Values of {@code set-cookie} for the answer. */
    public List<String> cookies() {
        return cookies;
    }
}
