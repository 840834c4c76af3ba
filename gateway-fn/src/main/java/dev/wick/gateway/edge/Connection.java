package dev.wick.gateway.edge;

/** A client's connection, once its protocol is known. Confined to its loop. */
interface Connection {

    /** Whether a request runs; one whose head is not complete does not. */
    boolean busy();

    /** No request came for the idle timeout: closes. */
    void idle();

    /** Finishes what runs, and closes then; takes no new requests where it can say so. */
    void drain();
}
