package dev.wick.gateway.client;

/** Something that {@link Loop#schedule} will run once. */
public interface Timer {

    /** Takes it back; without effect once it has run. On its loop. */
    void cancel();
}
