package dev.wick.route;

import java.util.Map;

/**
 * What the gateway's Runtime document says, live: routes that ask for a key read it with each
 * request. Any thread may read; one sets.
 */
public final class RuntimeValues {

    private volatile Map<String, Share> values = Map.of();

    /** From now on. */
    public void set(Map<String, Share> now) {
        values = now;
    }

    /** What a key says, or else the default. */
    Share of(String key, Share otherwise) {
        return values.getOrDefault(key, otherwise);
    }
}
