package dev.wick.gateway.live;

/** A name that may go. */
public final class Cold {

    private final Names names;
    private final String host;
    private final long touched;
    private final boolean unknown;
    private final boolean expired;

    Cold(Names names, String host, long touched, boolean unknown, boolean expired) {
        this.names = names;
        this.host = host;
        this.touched = touched;
        this.unknown = unknown;
        this.expired = expired;
    }

    public Names names() {
        return names;
    }

    public String host() {
        return host;
    }

    /** When it was last asked for, to the second; milliseconds of no particular origin. */
    long touched() {
        return touched;
    }

    boolean unknown() {
        return unknown;
    }

    boolean expired() {
        return expired;
    }
}
