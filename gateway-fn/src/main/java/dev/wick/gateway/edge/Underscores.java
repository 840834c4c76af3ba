package dev.wick.gateway.edge;

import dev.wick.gateway.snapshot.EdgeSettings;
import dev.wick.http.Headers;

/** Names with underscores, which some servers read as names with dashes. */
final class Underscores {

    private Underscores() {}

    static boolean any(Headers headers) {
        for (int i = 0; i < headers.size(); i++) {
            if (headers.name(i).indexOf('_') >= 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Does with those that are there what the listener says; false where it refuses the request.
     */
    static boolean pass(
            Headers headers, EdgeSettings settings, CodecCounters counters, boolean http2) {
        switch (settings.underscores()) {
            case ALLOW -> {
                return true;
            }
            case REJECT_REQUEST -> {
                counters.rejectedWithUnderscores(http2);
                return false;
            }
            case DROP_HEADER -> {
                int i = 0;
                while (i < headers.size()) {
                    if (headers.name(i).indexOf('_') >= 0) {
                        headers.remove(headers.name(i));
                        counters.droppedWithUnderscores(http2);
                    } else {
                        i++;
                    }
                }
            }
        }
        return true;
    }
}
