package dev.wick.store.admit;

/** Encrypts documents before they are kept, and opens what was encrypted. Any thread. */
public interface Sealing {

    byte[] seal(String gateway, String kind, String name, byte[] document);

    byte[] open(String gateway, String kind, String name, byte[] sealed);
}
