package dev.wick.model;

/** How a cluster's hosts are spoken to, and how many connections are kept to them. */
public record UpstreamProtocol() {

    /** What holds where a document says nothing. */
    public static final UpstreamProtocol DEFAULT = new UpstreamProtocol();
}
