package dev.wick.store.admit;

import java.util.concurrent.locks.Lock;

/** Encrypts documents before they are kept, and opens what was encrypted. Any thread. */
public interface Sealing {

    byte[] seal(String gateway, String kind, String name, byte[] document);

    byte[] open(String gateway, String kind, String name, byte[] sealed);

    /**
     * While it is held, the key to encrypt by stays the same. Whoever keeps what he encrypts holds
     * it until that was committed, or was not.
     */
    Lock sameKey();
}
