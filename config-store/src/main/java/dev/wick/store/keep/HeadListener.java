package dev.wick.store.keep;

/**
 * Woken when a gateway's head moved. A hint: read the head, there may have been more than one. Must
 * not block.
 */
public interface HeadListener {

    void moved(String gateway, long head);
}
