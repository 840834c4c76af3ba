package dev.wick.model;

/** How much a cluster takes at once. */
public record CircuitBreakers() {

    /** What holds where a document says nothing. */
    public static final CircuitBreakers DEFAULT = new CircuitBreakers();
}
