package dev.wick.gateway.client;

/** A request under way. */
public interface Call {

    /** Nothing more is heard of it. On its loop. */
    void cancel();
}
