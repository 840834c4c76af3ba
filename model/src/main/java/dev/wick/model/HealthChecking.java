package dev.wick.model;

/** How it is found out which of a cluster's hosts are well. */
public record HealthChecking() {

    /** What holds where a document says nothing. */
    public static final HealthChecking DEFAULT = new HealthChecking();
}
