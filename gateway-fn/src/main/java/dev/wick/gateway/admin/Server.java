package dev.wick.gateway.admin;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The process, as {@code /server_info} tells of it.
 *
 * @param settings by flag; nothing that is secret
 * @param startedNanos when it began
 */
public record Server(
        String version,
        String gateway,
        String instance,
        Map<String, String> settings,
        long startedNanos) {

    long uptimeSeconds() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedNanos);
    }
}
