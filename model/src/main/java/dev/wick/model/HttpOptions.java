package dev.wick.model;

/** How a listener treats HTTP. */
public record HttpOptions() {

    /** What holds where a document says nothing. */
    public static final HttpOptions DEFAULT = new HttpOptions();
}
