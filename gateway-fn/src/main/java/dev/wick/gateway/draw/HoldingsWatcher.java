package dev.wick.gateway.draw;

import dev.wick.gateway.feed.DocumentKey;
import dev.wick.gateway.feed.HostName;
import java.util.List;

/** Hears of what comes and goes in {@link Holdings}, on their loop. */
interface HoldingsWatcher {

    /** What now serves the name is good: worth a copy. */
    void serves(HeldName name);

    /**
     * This document is served from now on.
     *
     * @param clusters that it refers to
     */
    void serves(DocumentKey key, byte[] json, List<String> clusters);

    /** Of a slice nothing can be served. */
    void refused();

    /** Nobody serves the name. */
    void unknown(HostName name);

    /** The document is not held any more. */
    void gone(DocumentKey key);

    /** Nothing sends to the cluster any more. */
    void idle(String cluster);
}
