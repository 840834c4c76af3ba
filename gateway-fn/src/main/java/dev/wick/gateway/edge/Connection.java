package dev.wick.gateway.edge;

/** A client's connection, once its protocol is known. Confined to its loop. */
interface Connection {

    /** Whether a request runs; one whose head is not complete does not. */
    boolean busy();

    /**
     * The same, without requests whose answers are complete here and wait for their client to take
     * them.
     */
    boolean carries();

    /** No request came for the idle timeout: closes. */
    void idle();

    /**
     * Lets the client know that it should go: {@code connection: close} with the next response, a
     * first GOAWAY. Requests are taken still.
     */
    void leave();

    /** Offers what is kept of its answers. */
    void weigh(Heaviest heaviest);

    /** Finishes what runs, and closes then; takes no new requests where it can say so. */
    void drain();
}
