package dev.wick.gateway.live;

import dev.wick.gateway.snapshot.HostSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a name: its snapshot, that nobody serves it, or that it cannot be known now.
 * Read by its methods rather than by a pattern switch, whose bootstrap would delay an instance's
 * first byte.
 */
public sealed interface Held {

    /** The snapshot that serves the name, or null. */
    @Nullable HostSnapshot snapshot();

    /** True where the store said that nobody serves the name: 404. */
    boolean unknown();

    /**
     * Seconds for {@code retry-after} where the name cannot be known now: 503 {@code
     * configuration_unavailable}; else 0.
     */
    int retryAfterSeconds();

    /** Served by a snapshot. */
    record Serving(HostSnapshot snapshot) implements Held {
        @Override
        public boolean unknown() {
            return false;
        }

        @Override
        public int retryAfterSeconds() {
            return 0;
        }
    }

    /** No virtual host has the name. */
    record Unknown() implements Held {
        @Override
        public @Nullable HostSnapshot snapshot() {
            return null;
        }

        @Override
        public boolean unknown() {
            return true;
        }

        @Override
        public int retryAfterSeconds() {
            return 0;
        }
    }

    /** The store did not answer in time and no copy is at hand; never remembered. */
    record Unavailable(int retryAfterSeconds) implements Held {
        @Override
        public @Nullable HostSnapshot snapshot() {
            return null;
        }

        @Override
        public boolean unknown() {
            return false;
        }
    }
}
