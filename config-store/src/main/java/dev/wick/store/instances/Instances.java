package dev.wick.store.instances;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The instances heard of lately, in memory alone: who lives says so again. Any thread. */
public final class Instances {

    /** Who was silent for longer is no longer listed. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private static final int MOST = 10_000;

    private final InstantSource clock;
    private final FoundHealth health;
    private final Map<String, Map<String, Heard>> gateways = new ConcurrentHashMap<>();

    public Instances(InstantSource clock) {
        this.clock = clock;
        this.health = new FoundHealth(clock);
    }

    /** A report, and when it came. */
    public record Heard(String instance, Instant at, Report report) {}

    /** False when there are too many instances to list another. */
    public boolean report(String gateway, String instance, Report report) {
        Instant now = clock.instant();
        Map<String, Heard> heard =
                gateways.computeIfAbsent(gateway, g -> new ConcurrentHashMap<>());
        if (heard.size() >= MOST && !heard.containsKey(instance)) {
            forget(heard, now);
            if (heard.size() >= MOST) {
                return false;
            }
        }
        heard.put(instance, new Heard(instance, now, report));
        health.learn(gateway, report.health());
        return true;
    }

    /** What instances have found of hosts. */
    public FoundHealth health() {
        return health;
    }

    /** By id. */
    public List<Heard> of(String gateway) {
        Map<String, Heard> heard = gateways.get(gateway);
        if (heard == null) {
            return List.of();
        }
        forget(heard, clock.instant());
        return heard.values().stream().sorted(Comparator.comparing(Heard::instance)).toList();
    }

    private static void forget(Map<String, Heard> heard, Instant now) {
        heard.values().removeIf(one -> one.at().isBefore(now.minus(SILENCE)));
    }
}
