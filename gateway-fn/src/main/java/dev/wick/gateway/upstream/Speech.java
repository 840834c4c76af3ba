package dev.wick.gateway.upstream;

/** What is spoken on a connection to a host. */
enum Speech {
    HTTP1,
    HTTP2,
    /** Nothing of ours: what a tunnel carries goes through as it is. */
    TCP
}
