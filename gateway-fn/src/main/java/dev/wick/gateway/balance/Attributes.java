package dev.wick.gateway.balance;

import java.util.Map;

/**
 * What the configuration says of a host beyond its address.
 *
 * @param weight 1 to 4,294,967,295
 * @param priority 0 is the highest
 * @param status one of the health flags that a document may set, else 0
 * @param hostname empty: none
 * @param metadata what {@code envoy.lb} says, each value as JSON
 */
public record Attributes(
        long weight,
        int priority,
        Locality locality,
        int status,
        String hostname,
        Map<String, String> metadata) {

    public static final Attributes DEFAULT =
            new Attributes(1, 0, Locality.UNKNOWN, 0, "", Map.of());

    // Written out: the generated ones load their bootstrap on the way to the first byte.

    @Override
    public boolean equals(Object other) {
        return other instanceof Attributes that
                && weight == that.weight
                && priority == that.priority
                && status == that.status
                && locality.equals(that.locality)
                && hostname.equals(that.hostname)
                && metadata.equals(that.metadata);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(weight) + priority) + locality.hashCode();
    }
}
