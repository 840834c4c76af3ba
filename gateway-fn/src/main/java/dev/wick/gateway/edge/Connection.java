package dev.wick.gateway.edge;

/** A client's connection, once its protocol is known. Confined to its loop. */
interface Connection {

    /** Whether a request runs, or has begun to come. */
    boolean busy();

    /** No request came for the idle timeout: closes. */
    void idle();

    /** Finishes what runs, and closes then; takes no new requests where it can say so. */
    void drain();
}
