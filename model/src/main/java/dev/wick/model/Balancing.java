package dev.wick.model;

/** What in a request decides about its host. */
public record Balancing() {

    /** What holds where a document says nothing. */
    public static final Balancing DEFAULT = new Balancing();
}
