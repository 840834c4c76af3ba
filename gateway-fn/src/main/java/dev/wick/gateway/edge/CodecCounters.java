package dev.wick.gateway.edge;

import dev.wick.gateway.observe.Metrics;
import java.util.concurrent.atomic.LongAdder;

/**
 * What Envoy counts for all connections of a protocol together: {@code http1.*}, {@code http2.*}.
 * Rare things only. Any thread.
 */
final class CodecCounters {

    private final LongAdder[] rejected = {new LongAdder(), new LongAdder()};
    private final LongAdder[] dropped = {new LongAdder(), new LongAdder()};

    private final LongAdder[] floods = new LongAdder[Http2Floods.Flood.values().length];

    private final LongAdder unread = new LongAdder();

    CodecCounters() {
        for (int i = 0; i < floods.length; i++) {
            floods[i] = new LongAdder();
        }
    }

    void flood(Http2Floods.Flood flood) {
        floods[flood.ordinal()].increment();
    }

    /** The end of an HTTP/2 answer was not read in time. */
    void unread() {
        unread.increment();
    }

    void register(Metrics metrics) {
        metrics.counter(
                "http2.tx_flush_timeout",
                "Streams reset because answers were not read",
                unread::sum);
        for (Http2Floods.Flood flood : Http2Floods.Flood.values()) {
            metrics.counter(
                    "http2." + flood.text(),
                    "Connections closed for a flood of frames",
                    floods[flood.ordinal()]::sum);
        }
        for (int i = 0; i < 2; i++) {
            String protocol = "http" + (i + 1);
            metrics.counter(
                    protocol + ".requests_rejected_with_underscores_in_headers",
                    "Requests refused for the name of a header",
                    rejected[i]::sum);
            metrics.counter(
                    protocol + ".dropped_headers_with_underscores",
                    "Headers dropped for their names",
                    dropped[i]::sum);
        }
    }

    void rejectedWithUnderscores(boolean http2) {
        rejected[http2 ? 1 : 0].increment();
    }

    void droppedWithUnderscores(boolean http2) {
        dropped[http2 ? 1 : 0].increment();
    }
}
