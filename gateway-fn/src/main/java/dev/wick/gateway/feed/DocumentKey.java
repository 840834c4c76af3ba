package dev.wick.gateway.feed;

/**
 * Names a document.
 *
 * @param kind as documents spell it; may be one that this instance does not know
 */
public record DocumentKey(String kind, String name) {

    // Written out: the generated ones load their bootstrap on the way to the first byte.

    @Override
    public boolean equals(Object other) {
        return other instanceof DocumentKey that
                && name.equals(that.name)
                && kind.equals(that.kind);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + kind.hashCode();
    }

    /** As {@code Cluster/hello}. */
    @Override
    public String toString() {
        return kind + '/' + name;
    }
}
