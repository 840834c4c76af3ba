package dev.wick.model;

/**
 * How a listener treats HTTP: what Envoy's HttpConnectionManager says, under its names.
 *
 * @param protocols what is spoken, and how
 */
public record HttpOptions(HttpProtocols protocols) {

    /** What holds where a document says nothing. */
    public static final HttpOptions DEFAULT = new HttpOptions(HttpProtocols.DEFAULT);
}
