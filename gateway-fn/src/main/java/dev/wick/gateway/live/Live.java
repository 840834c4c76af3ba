package dev.wick.gateway.live;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is current, by (listener, chain, host). Safe on any thread.
 *
 * <p>A request reads through {@link Names#held}, which neither locks nor allocates; only a miss, an offer and an eviction take a lock, and
 * that of one name.
 */
public final class Live {

    final Drawing drawing;
    final LiveLimits limits;
    final AtomicInteger waiting = new AtomicInteger();
    final AtomicInteger serving = new AtomicInteger();
    final AtomicInteger unknown = new AtomicInteger();

    private final ConcurrentHashMap<String, Names> chains = new ConcurrentHashMap<>();

    public Live(Drawing drawing, LiveLimits limits) {
        this.drawing = drawing;
        this.limits = limits;
    }

    /** The names of one chain; the same object for as long as the instance lives, so that an edge may keep it. */
    public Names names(String listener, String chain) {
        return chains.computeIfAbsent(
                listener + '/' + chain, key -> new Names(this, listener, chain));
    }

    public Collection<Names> all() {
        return chains.values();
    }

    /** How many names have a snapshot now. */
    public int serving() {
        return serving.get();
    }

    /** Requests that wait for a name now. */
    public int waiting() {
        return waiting.get();
    }
}
