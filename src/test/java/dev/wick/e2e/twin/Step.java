package dev.wick.e2e.twin;

/** One thing that a client or an upstream does in a case. */
record Step(Kind kind, String text) {

    enum Kind {
        /** Sends {@code text} as it is. */
        SEND,
        /** A client: reads one answer. */
        READ,
        /** A client: reads all until the connection ends. */
        REST,
        /** Ends the output with FIN. */
        END,
        /** Ends the connection with RST. */
        RESET,
        /** Waits for {@code text} milliseconds. */
        PAUSE,
        /** An upstream: does what follows before it has read the request's body. */
        EARLY,
        /** Waits until {@code text} requests have reached the upstreams. */
        AWAIT
    }
}
