package dev.wick.gateway.live;

import dev.wick.gateway.client.Loop;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The names of one chain of one listener: held, unknown, being drawn. Safe on any thread. */
public final class Names {

    /** In the place of a chain: clusters by their names, the same for all listeners. */
    private static final String CLUSTERS = "*clusters";

    private static final Held UNKNOWN = new Held.Unknown();
    private static final Held UNAVAILABLE = new Held.Unavailable(1);

    private final Live live;
    private final String listener;
    private final String chain;

    /** What is said of every name; null: what is known of it. */
    private final @Nullable Held always;

    private final ConcurrentHashMap<String, Name> names = new ConcurrentHashMap<>();
    private volatile @Nullable Names clusters;

    Names(Live live, String listener, String chain) {
        this(live, listener, chain, null);
    }

    private Names(Live live, String listener, String chain, @Nullable Held always) {
        this.live = live;
        this.listener = listener;
        this.chain = chain;
        this.always = always;
    }

    /** Those of a listener that is not known: none can be known. */
    static Names unavailable(Live live, String listener) {
        return new Names(live, listener, "", UNAVAILABLE);
    }

    /**
     * Clusters that requests name, as if they were hosts: what serves one has it in slot 0. Shared
     * by all chains.
     */
    public Names clusters() {
        Names found = clusters;
        if (found == null) {
            found = live.names("*", CLUSTERS);
            clusters = found;
        }
        return found;
    }

    public String listener() {
        return listener;
    }

    /** Empty for the unnamed chain. */
    public String chain() {
        return chain;
    }

    /**
     * What is known of a host, or null on a miss. The hot path: no lock, no allocation.
     *
     * @param host normalised: lower case, no trailing dot
     */
    public @Nullable Held held(String host) {
        Name name = names.get(host);
        return name == null ? always : name.held(now());
    }

    /**
     * Waits for a host that {@link #held} missed; the first to wait has it drawn, the others share
     * its answer.
     *
     * @param then called once, on {@code loop} and never from within this call, unless the wait is
     *     cancelled there before
     */
    public Wait await(String host, Loop loop, Consumer<Held> then) {
        Wait wait = new Wait(loop, then);
        if (live.waiting.incrementAndGet() > live.limits.waiting()) {
            live.waiting.decrementAndGet();
            wait.found(new Held.Unavailable(1));
            wait.end();
            return wait;
        }
        while (true) {
            Joined joined = names.computeIfAbsent(host, h -> new Name()).join(wait, now());
            if (joined == Joined.FIRST) {
                live.drawing.draw(this, host);
            } else if (joined == Joined.FOUND) {
                live.waiting.decrementAndGet();
                wait.end();
            }
            if (joined != Joined.GONE) {
                return wait;
            }
        }
    }

    /**
     * Puts what was drawn in the place of what was held, if anything was, and wakes all who wait.
     */
    public void offer(String host, Held held) {
        while (true) {
            Name name = names.computeIfAbsent(host, h -> new Name());
            long expires = held.unknown() ? now() + live.limits.unknownMillis() : Long.MAX_VALUE;
            List<Wait> waits = name.offer(held, expires, live::count);
            if (waits != null) {
                wake(waits, held);
                return;
            }
        }
    }

    /** The host has no virtual host: remembered for {@link LiveLimits#unknownMillis}. */
    public void offerUnknown(String host) {
        offer(host, UNKNOWN);
    }

    /** It cannot be known now: wakes all who wait, remembers nothing; what is held stays. */
    public void unavailable(String host, int retryAfterSeconds) {
        Name name = names.get(host);
        if (name == null) {
            return;
        }
        List<Wait> waits = name.fail(now(), live::count);
        if (name.gone()) {
            names.remove(host, name);
        }
        wake(waits, new Held.Unavailable(retryAfterSeconds));
    }

    /**
     * Drops what is held of a host; its next request has it drawn anew. Those who wait go on
     * waiting.
     */
    public void forget(String host) {
        Name name = names.get(host);
        if (name != null && name.forget(live::count)) {
            names.remove(host, name);
        }
    }

    void collect(long now, Consumer<Cold> cold) {
        names.forEach((host, name) -> name.collect(this, host, now, cold));
    }

    static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    private void wake(List<Wait> waits, Held held) {
        live.waiting.addAndGet(-waits.size());
        for (Wait wait : waits) {
            wait.found(held);
            wait.end();
        }
    }

    /** How joining a name ended. */
    enum Joined {
        /** The caller has it drawn. */
        FIRST,
        /** Somebody else has. */
        SHARED,
        /** It was drawn meanwhile, and the wait has it. */
        FOUND,
        /** The name was removed meanwhile: take a new one. */
        GONE
    }
}
