package dev.wick.store.keep;

/**
 * Tells whether a store's files are those that its last run left, or a copy that was put in their
 * place. One thread.
 */
public interface Origin {

    /** False as well where nothing says. */
    boolean isOwn();

    /**
     * From now on these files are the store's own, and copies that were made of them before are
     * not. Durable when this returns.
     */
    void claim() throws StoreUnusable;
}
