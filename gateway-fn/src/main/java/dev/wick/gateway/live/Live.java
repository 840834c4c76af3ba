package dev.wick.gateway.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is current, by (listener, chain, host). Safe on any thread.
 *
 * <p>A request reads through {@link Names#held}, which neither locks nor allocates; only a miss, an
 * offer and an eviction take a lock, and that of one name.
 */
public final class Live {

    /** Of what is kept: one eviction makes room for many offers. */
    private static final int EVICTED_SHARE = 16;

    final Drawing drawing;
    final LiveLimits limits;
    final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger serving = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();
    private final ConcurrentHashMap<String, Names> chains = new ConcurrentHashMap<>();
    private final List<Consumer<String>> watchers = new CopyOnWriteArrayList<>();

    public Live(Drawing drawing, LiveLimits limits) {
        this.drawing = drawing;
        this.limits = limits;
    }

    /**
     * The names of one chain; the same object for as long as the instance lives, so that an edge
     * may keep it.
     */
    public Names names(String listener, String chain) {
        return chains.computeIfAbsent(
                listener + '/' + chain, key -> new Names(this, listener, chain));
    }

    /** In their place while a listener is not known: of each name it is said that it can't be. */
    public Names unavailable(String listener) {
        return Names.unavailable(this, listener);
    }

    public Collection<Names> all() {
        return chains.values();
    }

    /** Calls back with a virtual host that was let go, a while after its last request. */
    public void onGone(Consumer<String> watcher) {
        watchers.add(watcher);
    }

    /** A virtual host is held no more, and no request has it in its hands. */
    public void gone(String virtualHost) {
        watchers.forEach(watcher -> watcher.accept(virtualHost));
    }

    /** How many names have a snapshot now. */
    public int serving() {
        return serving.get();
    }

    /** How many names are remembered as unknown now, those that expired since included. */
    public int unknown() {
        return unknown.get();
    }

    /** Requests that wait for a name now. */
    public int waiting() {
        return waiting.get();
    }

    /** Whether names have to go for the limits' sake. */
    public boolean crowded() {
        return serving.get() > limits.hosts() || unknown.get() > limits.unknown();
    }

    /**
     * What should go: unknown names that expired, and of what exceeds a limit the coldest, with
     * some to spare. Looks at all names.
     */
    public List<Cold> coldest() {
        List<Cold> expired = new ArrayList<>();
        List<Cold> served = new ArrayList<>();
        List<Cold> refused = new ArrayList<>();
        long now = Names.now();
        for (Names names : chains.values()) {
            names.collect(
                    now,
                    cold -> {
                        List<Cold> unexpired = cold.unknown() ? refused : served;
                        (cold.expired() ? expired : unexpired).add(cold);
                    });
        }
        addColdest(served, limits.hosts(), expired);
        addColdest(refused, limits.unknown(), expired);
        return expired;
    }

    private static void addColdest(List<Cold> names, int limit, List<Cold> to) {
        if (names.size() > limit) {
            names.sort(Comparator.comparingLong(Cold::touched));
            int kept = limit - limit / EVICTED_SHARE;
            to.addAll(names.subList(0, names.size() - kept));
        }
    }

    void count(@Nullable Held before, @Nullable Held after) {
        tally(before, -1);
        tally(after, 1);
    }

    private void tally(@Nullable Held held, int by) {
        if (held != null) {
            (held.unknown() ? unknown : serving).addAndGet(by);
        }
    }
}
