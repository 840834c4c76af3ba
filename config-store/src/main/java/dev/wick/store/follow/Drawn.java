package dev.wick.store.follow;

import dev.wick.store.revision.Key;
import dev.wick.store.slice.HostName;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What an instance drew lately, by id: a stream that it opens meanwhile may not name it yet, and a
 * drop that was sent before may arrive after. Guarded by its {@link GatewayFollowers}.
 */
final class Drawn {

    /** How long, in milliseconds, a draw and the stream that tells of it may be apart. */
    private static final long REMEMBERED = 30_000;

    /** How long a drop and the draw after it may be apart. */
    private static final long REORDERED = 5_000;

    private static final int INSTANCES = 10_000;
    private static final int NAMES = 20_000;

    private record Draw(long revision, long at) {}

    private static final class OfInstance {
        final Map<HostName, Draw> hosts = new HashMap<>();
        final Map<Key, Draw> documents = new HashMap<>();
        long last;
    }

    private final Map<String, OfInstance> instances = new HashMap<>();

    void host(String instance, HostName host, long revision, long now) {
        OfInstance drawn = of(instance, now);
        if (drawn.hosts.size() < NAMES) {
            drawn.hosts.put(host, new Draw(revision, now));
        }
    }

    void document(String instance, Key key, long revision, long now) {
        OfInstance drawn = of(instance, now);
        if (drawn.documents.size() < NAMES) {
            drawn.documents.put(key, new Draw(revision, now));
        }
    }

    private OfInstance of(String instance, long now) {
        if (instances.size() >= INSTANCES && !instances.containsKey(instance)) {
            instances.remove(instances.keySet().iterator().next());
        }
        OfInstance drawn = instances.computeIfAbsent(instance, i -> new OfInstance());
        drawn.last = now;
        return drawn;
    }

    /** Each with the oldest revision that it may have been read at. */
    void each(String instance, BiConsumer<HostName, Long> host, BiConsumer<Key, Long> document) {
        OfInstance drawn = instances.get(instance);
        if (drawn != null) {
            drawn.hosts.forEach((name, draw) -> host.accept(name, draw.revision));
            drawn.documents.forEach((key, draw) -> document.accept(key, draw.revision));
        }
    }

    boolean isEmpty() {
        return instances.isEmpty();
    }

    boolean justDrawn(String instance, HostName host, long now) {
        OfInstance drawn = instances.get(instance);
        return drawn != null && isJust(drawn.hosts.get(host), now);
    }

    boolean justDrawn(String instance, Key key, long now) {
        OfInstance drawn = instances.get(instance);
        return drawn != null && isJust(drawn.documents.get(key), now);
    }

    private static boolean isJust(@org.jspecify.annotations.Nullable Draw draw, long now) {
        return draw != null && now - draw.at < REORDERED;
    }

    void forget(long now) {
        instances.values().removeIf(drawn -> now - drawn.last > REMEMBERED);
        for (OfInstance drawn : instances.values()) {
            drawn.hosts.values().removeIf(draw -> now - draw.at > REMEMBERED);
            drawn.documents.values().removeIf(draw -> now - draw.at > REMEMBERED);
        }
    }
}
