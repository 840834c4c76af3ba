package dev.wick.store.slice;

/**
 * A host that a request names, normalised, in its place. {@code listener} is a name, {@code chain} empty for the unnamed chain, {@code host} has its port
 * where the request had one.
 */
public record HostName(String listener, String chain, String host) {

    /** Where the name ends and the colon of the port stands; the length of the host when it has no port. */
    int nameLength() {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? colon : host.length();
    }
}
