package dev.wick.store.keep;

/**
 * What a {@link Log} drives: deterministic, without clock, chance or IO. Called by one thread at a
 * time.
 */
public interface Machine {

    /**
     * The next entry in the order that all members share; the answer goes to whoever proposed it.
     */
    byte[] apply(byte[] entry);

    /** All of its state. */
    byte[] save();

    /** Replaces all of its state. */
    void load(byte[] state);
}
