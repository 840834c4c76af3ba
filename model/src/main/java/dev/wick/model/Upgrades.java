package dev.wick.model;

/** Which upgrades a route lets through. */
public record Upgrades() {

    /** What holds where a document says nothing. */
    public static final Upgrades DEFAULT = new Upgrades();
}
