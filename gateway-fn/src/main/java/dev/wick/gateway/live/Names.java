package dev.wick.gateway.live;

import dev.wick.gateway.client.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The names of one chain of one listener: held, unknown, being drawn. Safe on any thread. */
public final class Names {

    private static final Held UNKNOWN = new Held.Unknown();

    private final Live live;
    private final String listener;
    private final String chain;
    private final ConcurrentHashMap<String, Name> names = new ConcurrentHashMap<>();

    Names(Live live, String listener, String chain) {
        this.live = live;
        this.listener = listener;
        this.chain = chain;
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
        return name == null ? null : name.held(now());
    }

    /**
     * Waits for a host that {@link #held} missed; the first to wait has it drawn, the others share its answer.
     *
     * @param then called once, on {@code loop}, unless the wait is cancelled there before
     */
    public Wait await(String host, Loop loop, Consumer<Held> then) {
        Wait wait = new Wait(loop, then);
        if (live.waiting.incrementAndGet() > live.limits.waiting()) {
            live.waiting.decrementAndGet();
            wait.end(new Held.Unavailable(1));
            return wait;
        }
        while (true) {
            Name name = names.computeIfAbsent(host, Name::new);
            Joined joined = name.join(wait, now());
            if (joined == Joined.GONE) {
                continue;
            }
            if (joined == Joined.FIRST) {
                live.drawing.draw(this, host);
            }
            return wait;
        }
    }

    /** Puts what was drawn in the place of what was held, if anything was, and wakes all who wait. */
    public void offer(String host, Held held) {
        while (true) {
            Name name = names.computeIfAbsent(host, Name::new);
            long expires =
                    held.unknown() ? now() + live.limits.unknownMillis() : Long.MAX_VALUE;
            List<Wait> waits = name.offer(held, expires, this::count);
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
        List<Wait> waits = name.fail(now(), this::count);
        if (name.gone()) {
            names.remove(host, name);
        }
        wake(waits, new Held.Unavailable(retryAfterSeconds));
    }

    /** Drops what is held of a host; its next request has it drawn anew. Those who wait go on waiting. */
    public void forget(String host) {
        Name name = names.get(host);
        if (name != null && name.forget(this::count)) {
            names.remove(host, name);
        }
    }

    /** Hosts of which something is held, "unknown" included. */
    public List<String> hosts() {
        List<String> hosts = new ArrayList<>();
        long now = now();
        names.forEach(
                (host, name) -> {
                    if (name.held(now) != null) {
                        hosts.add(host);
                    }
                });
        return hosts;
    }

    /** Hosts that were not asked for since {@code before} (milliseconds of {@link #now}), and unknown ones that expired. */
    void collect(long before, Consumer<Cold> cold) {
        long now = now();
        names.forEach((host, name) -> name.collect(this, host, before, now, cold));
    }

    static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    private void count(@Nullable Held before, @Nullable Held after) {
        tally(before, -1);
        tally(after, 1);
    }

    private void tally(@Nullable Held held, int by) {
        if (held != null && held.snapshot() != null) {
            live.serving.addAndGet(by);
        } else if (held != null && held.unknown()) {
            live.unknown.addAndGet(by);
        }
    }

    private void wake(List<Wait> waits, Held held) {
        live.waiting.addAndGet(-waits.size());
        for (Wait wait : waits) {
            wait.end(held);
        }
    }

    /** How joining a name ended. */
    enum Joined {
        /** The caller has it drawn. */
        FIRST,
        /** Somebody else has, or it was there already. */
        SHARED,
        /** The name was removed meanwhile: take a new one. */
        GONE
    }

    /** A name that may go, and when it was last asked for. */
    record Cold(Names names, String host, long touched, boolean unknown) {}
}
