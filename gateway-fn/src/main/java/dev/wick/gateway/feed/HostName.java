package dev.wick.gateway.feed;

/**
 * A host that requests name, in its place.
 *
 * @param chain empty for the unnamed chain
 * @param host normalised; with its port where requests have one
 */
public record HostName(String listener, String chain, String host) {

    // Written out: the generated ones load their bootstrap on the way to the first byte.

    @Override
    public boolean equals(Object other) {
        return other instanceof HostName that
                && host.equals(that.host)
                && listener.equals(that.listener)
                && chain.equals(that.chain);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * host.hashCode() + listener.hashCode()) + chain.hashCode();
    }

    /** As {@code http/-/hello.localhost}: how files and messages name it. */
    @Override
    public String toString() {
        return listener + '/' + (chain.isEmpty() ? "-" : chain) + '/' + host;
    }
}
