package dev.wick.model;

/** Where else a request goes, and which redirects are followed here. */
public record Delivery() {

    /** What holds where a document says nothing. */
    public static final Delivery DEFAULT = new Delivery();
}
