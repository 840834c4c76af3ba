package dev.wick.gateway.balance;

import java.util.Map;

/** A host without a network. */
final class Hostlike extends Member {

    private final String address;
    int active;

    Hostlike(int port, Attributes attributes) {
        super(attributes);
        this.address = "127.0.0.1:" + port;
    }

    Hostlike(int port) {
        this(port, Attributes.DEFAULT);
    }

    static Hostlike weighing(int port, long weight) {
        return new Hostlike(port, attributes(weight, 0, Locality.UNKNOWN, 0));
    }

    static Hostlike of(int port, int priority, int status) {
        return new Hostlike(port, attributes(1, priority, Locality.UNKNOWN, status));
    }

    static Hostlike in(int port, String zone, int status) {
        return new Hostlike(port, attributes(1, 0, new Locality("", zone, ""), status));
    }

    static Hostlike tagged(int port, Map<String, String> metadata) {
        return new Hostlike(port, new Attributes(1, 0, Locality.UNKNOWN, 0, "", metadata));
    }

    private static Attributes attributes(long weight, int priority, Locality place, int status) {
        return new Attributes(weight, priority, place, status, "", Map.of());
    }

    @Override
    public int active() {
        return active;
    }

    @Override
    public String text() {
        return address;
    }
}
