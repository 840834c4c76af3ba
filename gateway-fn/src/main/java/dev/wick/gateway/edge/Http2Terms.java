package dev.wick.gateway.edge;

import dev.wick.gateway.snapshot.HttpSettings;
import dev.wick.http.Headers;

/**
 * What a listener asks of the fields of a request in HTTP/2 before it begins. Confined to the
 * connection's loop.
 */
final class Http2Terms {

    private final HttpSettings settings;
    private final Accepted accepted;

    Http2Terms(HttpSettings settings, Accepted accepted) {
        this.settings = settings;
        this.accepted = accepted;
    }

    /** Whether the names are borne; those that are to go are taken out. */
    boolean bears(Headers fields) {
        return !Underscores.any(fields)
                || Underscores.pass(fields, settings.edge(), accepted.codecs(), true);
    }

    /** Whether {@code Expect: 100-continue} is there and answered here, and so taken out. */
    boolean answersExpect(Headers fields) {
        String expect = fields.get("expect");
        if (expect == null
                || settings.protocols().proxy100Continue()
                || !expect.equalsIgnoreCase("100-continue")) {
            return false;
        }
        fields.remove("expect");
        return true;
    }
}
