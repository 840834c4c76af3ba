package dev.wick.gateway.health;

import java.util.List;

/**
 * An active health check, times in milliseconds.
 *
 * @param unhealthyIntervalMillis what is not set in the document is that which stands in for it
 */
public record CheckSettings(
        long timeoutMillis,
        long intervalMillis,
        long initialJitterMillis,
        long intervalJitterMillis,
        int intervalJitterPercent,
        int unhealthyThreshold,
        int healthyThreshold,
        boolean reuseConnection,
        long noTrafficIntervalMillis,
        long unhealthyIntervalMillis,
        long unhealthyEdgeIntervalMillis,
        long healthyEdgeIntervalMillis,
        Probe probe) {

    /** What is asked. */
    public sealed interface Probe {}

    /**
     * By HTTP.
     *
     * @param http2 whether by HTTP/2, else by HTTP/1.1
     * @param host the Host header
     * @param expected pairs of a first status and the first behind; at least one pair
     * @param retriable likewise; may be empty
     */
    public record Http(
            boolean http2,
            String host,
            String path,
            String method,
            List<Integer> expected,
            List<Integer> retriable)
            implements Probe {

        boolean expects(int status) {
            return within(expected, status);
        }

        boolean retries(int status) {
            return within(retriable, status);
        }

        private static boolean within(List<Integer> ranges, int status) {
            for (int i = 0; i < ranges.size(); i += 2) {
                if (status >= ranges.get(i) && status < ranges.get(i + 1)) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * By gRPC's health service.
     *
     * @param service that is asked about; empty: the server as a whole
     */
    public record Grpc(String authority, String service) implements Probe {}

    /**
     * A connection.
     *
     * @param send octets as characters of ISO 8859-1; empty: none
     * @param receive likewise, one after the other; empty: none
     */
    public record Tcp(String send, List<String> receive) implements Probe {}
}
