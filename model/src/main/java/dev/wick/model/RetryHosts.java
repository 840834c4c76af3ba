package dev.wick.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes that is sent again.
 *
 * @param retryHostPredicate a host that any of these takes is passed over; empty: none is
 * @param hostSelectionRetryMaxAttempts 1-1,000: in the place of how many hosts that are passed over
 *     another is chosen; then the last is taken all the same. Default 1
 * @param retryPriority which priorities it goes to; null: those that any request goes to
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/http/http_routing#retry-plugins">Envoy's
 *     retry plugins</a>
 */
public record RetryHosts(
        List<HostPredicate> retryHostPredicate,
        int hostSelectionRetryMaxAttempts,
        @Nullable PreviousPriorities retryPriority) {

    /** The most that may be passed over. */
    public static final int MOST_ATTEMPTS = 1_000;

    /** What holds where a document says nothing. */
    public static final RetryHosts DEFAULT = new RetryHosts(List.of(), 1, null);

    public RetryHosts {
        retryHostPredicate = List.copyOf(retryHostPredicate);
    }

    /** Hosts that are passed over. */
    public sealed interface HostPredicate
            permits PreviousHosts, OmitCanaryHosts, OmitHostMetadata {}

    /** Those that the request was sent to before. */
    public record PreviousHosts() implements HostPredicate {}

    /** Those whose metadata says {@code canary: true}. */
    public record OmitCanaryHosts() implements HostPredicate {}

    /**
     * Those that have this metadata.
     *
     * @param metadataMatch at least one key, each value as JSON
     */
    public record OmitHostMetadata(Map<String, String> metadataMatch) implements HostPredicate {

        public OmitHostMetadata {
            metadataMatch = Map.copyOf(metadataMatch);
        }
    }

    /**
     * Priorities of hosts that the request was sent to before get none of it, until all were tried.
     *
     * @param updateFrequency 1 or more: after each so many tries it is looked at which those are
     */
    public record PreviousPriorities(int updateFrequency) {}
}
