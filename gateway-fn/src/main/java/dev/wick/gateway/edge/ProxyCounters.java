package dev.wick.gateway.edge;

import dev.wick.gateway.observe.Metrics;
import java.util.concurrent.atomic.LongAdder;

/** What Envoy counts of PROXY headers: {@code proxy_proto.*}. Any thread. */
final class ProxyCounters {

    private final LongAdder[] found = {new LongAdder(), new LongAdder()};
    private final LongAdder[] malformed = {new LongAdder(), new LongAdder()};
    private final LongAdder notFoundAllowed = new LongAdder();
    private final LongAdder notFoundDisallowed = new LongAdder();

    void register(Metrics metrics) {
        for (int i = 0; i < 2; i++) {
            String version = "proxy_proto.versions.v" + (i + 1);
            metrics.counter(version + ".found", "PROXY headers read", found[i]::sum);
            metrics.counter(version + ".error", "PROXY headers that were none", malformed[i]::sum);
        }
        metrics.counter(
                "proxy_proto.not_found_allowed",
                "Connections without a PROXY header that were taken",
                notFoundAllowed::sum);
        metrics.counter(
                "proxy_proto.not_found_disallowed",
                "Connections without a PROXY header that were closed",
                notFoundDisallowed::sum);
    }

    void read(ProxyHeader header) {
        found[header.version() - 1].increment();
    }

    void malformed(ProxyHeader header) {
        malformed[header.version() - 1].increment();
    }

    void none(boolean allowed) {
        (allowed ? notFoundAllowed : notFoundDisallowed).increment();
    }
}
