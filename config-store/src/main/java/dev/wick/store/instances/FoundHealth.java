package dev.wick.store.instances;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What instances have found of hosts, for those that start next. In memory alone, and for a few
 * minutes: it is an opinion, and whoever has it is asked again. The last one heard counts. Any
 * thread.
 */
public final class FoundHealth {

    /** What is older says nothing of a host. */
    private static final Duration STALE = Duration.ofMinutes(5);

    private static final int MOST_CLUSTERS = 10_000;
    private static final int MOST_HOSTS = 1_000;

    private final InstantSource clock;
    private final Map<Key, Map<String, Found>> clusters = new ConcurrentHashMap<>();

    private record Key(String gateway, String cluster) {}

    private record Found(HostHealth health, Instant heard) {}

    public FoundHealth(InstantSource clock) {
        this.clock = clock;
    }

    /** Beyond its bounds it forgets what is stale, and then learns nothing new. */
    public void learn(String gateway, List<HostHealth> found) {
        Instant now = clock.instant();
        for (HostHealth health : found) {
            Key key = new Key(gateway, health.cluster());
            if (clusters.size() >= MOST_CLUSTERS && !clusters.containsKey(key)) {
                forget(now);
                if (clusters.size() >= MOST_CLUSTERS) {
                    return;
                }
            }
            Map<String, Found> hosts =
                    clusters.computeIfAbsent(key, k -> new ConcurrentHashMap<>());
            if (hosts.size() < MOST_HOSTS || hosts.containsKey(health.address())) {
                hosts.put(health.address(), new Found(health, now));
            }
        }
    }

    /** What is stale goes. */
    void forget(Instant now) {
        clusters.values()
                .removeIf(
                        hosts -> {
                            hosts.values().removeIf(found -> stale(found, now));
                            return hosts.isEmpty();
                        });
    }

    private static boolean stale(Found found, Instant now) {
        return found.heard.isBefore(now.minus(STALE));
    }

    /** What is known of a cluster's hosts, each as of now. */
    public List<HostHealth> of(String gateway, String cluster) {
        Map<String, Found> hosts = clusters.get(new Key(gateway, cluster));
        if (hosts == null) {
            return List.of();
        }
        Instant now = clock.instant();
        hosts.values().removeIf(found -> stale(found, now));
        List<HostHealth> known = new ArrayList<>();
        for (Found found : hosts.values()) {
            known.add(found.health.after(Duration.between(found.heard, now)));
        }
        return known;
    }
}
