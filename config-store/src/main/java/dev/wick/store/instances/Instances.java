package dev.wick.store.instances;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The instances heard of lately, in memory alone: who lives says so again. Locked by itself; any
 * thread.
 */
public final class Instances {

    /** Who was silent for longer is no longer listed. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private static final int MOST = 10_000;

    /** All that is remembered of all gateways, in characters. */
    private static final long MOST_TEXT = 64L << 20;

    /** What an instance costs that says nothing. */
    private static final int LEAST = 500;

    private final InstantSource clock;
    private final FoundHealth health;
    private final Map<String, Map<String, Heard>> gateways = new HashMap<>();
    private long text;

    public Instances(InstantSource clock) {
        this.clock = clock;
        this.health = new FoundHealth(clock);
    }

    /** A report, and when it came. What it says of hosts is at {@link Instances#health}. */
    public record Heard(String instance, Instant at, Report report) {

        private long text() {
            return LEAST + instance.length() + report.text();
        }
    }

    /** False when there is too much to remember already. */
    public boolean report(String gateway, String instance, Report report) {
        health.learn(gateway, report.health());
        return remember(gateway, new Heard(instance, clock.instant(), report.withoutHealth()));
    }

    private synchronized boolean remember(String gateway, Heard next) {
        Map<String, Heard> heard = gateways.getOrDefault(gateway, Map.of());
        Heard before = heard.get(next.instance);
        long more = next.text() - (before == null ? 0 : before.text());
        boolean isFull = before == null && heard.size() >= MOST;
        if (isFull || (more > 0 && text + more > MOST_TEXT)) {
            return false;
        }
        text += more;
        gateways.computeIfAbsent(gateway, g -> new HashMap<>()).put(next.instance, next);
        return true;
    }

    /** What instances have found of hosts. */
    public FoundHealth health() {
        return health;
    }

    /** By id. */
    public synchronized List<Heard> of(String gateway) {
        Instant now = clock.instant();
        return gateways.getOrDefault(gateway, Map.of()).values().stream()
                .filter(heard -> !isSilent(heard, now))
                .sorted(Comparator.comparing(Heard::instance))
                .toList();
    }

    /** To be called every few seconds: what was not heard of lately goes. */
    public void forget() {
        Instant now = clock.instant();
        health.forget(now);
        synchronized (this) {
            gateways.values().removeIf(heard -> isForgotten(heard, now));
        }
    }

    /** Whether nobody of a gateway is left. */
    private boolean isForgotten(Map<String, Heard> heard, Instant now) {
        heard.values()
                .removeIf(
                        one -> {
                            boolean silent = isSilent(one, now);
                            text -= silent ? one.text() : 0;
                            return silent;
                        });
        return heard.isEmpty();
    }

    private static boolean isSilent(Heard one, Instant now) {
        return one.at.isBefore(now.minus(SILENCE));
    }
}
