package dev.wick.gateway.upstream;

/** In which HTTP a cluster's hosts are spoken to. */
public enum UpstreamHttp {
    HTTP1,
    /** By prior knowledge. */
    HTTP2,
    /** What the client speaks. */
    DOWNSTREAM
}
