package dev.wick.model;

import java.time.Duration;

/**
 * How long the parts of a request may take.
 *
 * @param route from the end of the request to the end of the response; default 15 s, zero: none
 */
public record Timeouts(Duration route) {

    /** What holds where a document says nothing. */
    public static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(15));
}
