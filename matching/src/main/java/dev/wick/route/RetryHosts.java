package dev.wick.route;

import dev.wick.hash.SubsetKey;
import java.util.List;
import java.util.Map;

/** Where a request goes that is sent again: compiled from its retry policy. Immutable. */
public final class RetryHosts {

    private final boolean notPrevious;
    private final boolean noCanaries;
    private final List<Map<String, String>> omitted;
    private final int attempts;
    private final int updateFrequency;

    /**
     * @param notPrevious whether hosts that it was sent to before are passed over
     * @param noCanaries whether canaries are
     * @param omitted hosts that have all of one of these are passed over; each value as JSON
     * @param attempts in the place of how many hosts that are passed over another is chosen
     * @param updateFrequency after each so many tries the priorities of the hosts that were tried
     *     are left out; 0: never
     */
    public RetryHosts(
            boolean notPrevious,
            boolean noCanaries,
            List<Map<String, String>> omitted,
            int attempts,
            int updateFrequency) {
        this.notPrevious = notPrevious;
        this.noCanaries = noCanaries;
        this.omitted = List.copyOf(omitted);
        this.attempts = attempts;
        this.updateFrequency = updateFrequency;
    }

    public boolean notPrevious() {
        return notPrevious;
    }

    public int attempts() {
        return attempts;
    }

    public int updateFrequency() {
        return updateFrequency;
    }

    /**
     * Whether a host is passed over for what it is; lists stand for any of their values.
     *
     * @param metadata what {@code envoy.lb} says, each value as JSON
     */
    public boolean omits(Map<String, String> metadata) {
        if (noCanaries && "true".equals(metadata.get("canary"))) {
            return true;
        }
        for (int i = 0; i < omitted.size(); i++) {
            if (SubsetKey.has(metadata, omitted.get(i), true)) {
                return true;
            }
        }
        return false;
    }
}
