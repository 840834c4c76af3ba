package dev.wick.model.check;

import dev.wick.model.Timeouts;
import dev.wick.model.Timeouts.MaxStreamDuration;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What must hold of how long things may take. */
final class TimeoutRules {

    private static final Duration LONGEST = Duration.ofDays(365);

    private TimeoutRules() {}

    /** Of a route. */
    static void timeouts(Timeouts timeouts, Findings findings) {
        time("timeout", timeouts.route(), findings);
        time("idleTimeout", timeouts.idle(), findings);
        MaxStreamDuration most = timeouts.maxStreamDuration();
        if (most != null) {
            findings.enter("maxStreamDuration");
            time("maxStreamDuration", most.maxStreamDuration(), findings);
            time("grpcTimeoutHeaderMax", most.grpcTimeoutHeaderMax(), findings);
            time("grpcTimeoutHeaderOffset", most.grpcTimeoutHeaderOffset(), findings);
            if (most.grpcTimeoutHeaderMax() == null && most.grpcTimeoutHeaderOffset() != null) {
                findings.add(
                        "grpcTimeoutHeaderOffset",
                        Spelling.of(most.grpcTimeoutHeaderOffset()),
                        "grpcTimeoutHeaderMax beside it: without that, grpc-timeout is not looked at");
            }
            findings.leave();
        }
    }

    private static void time(String field, @Nullable Duration time, Findings findings) {
        if (time != null && (time.isNegative() || time.compareTo(LONGEST) > 0)) {
            findings.add(field, Spelling.of(time), "0s to 8760h");
        }
    }
}
