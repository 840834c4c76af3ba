package dev.wick.store.slice;

/** Turns what is kept of a document into what an instance reads: opens secrets, leaves the rest as it is. Any thread. */
public interface Revealing {

    byte[] reveal(String gateway, String kind, String name, byte[] kept);
}
