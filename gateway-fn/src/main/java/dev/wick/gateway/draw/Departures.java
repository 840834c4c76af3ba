package dev.wick.gateway.draw;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.client.Timer;
import dev.wick.gateway.feed.DocumentKey;
import dev.wick.gateway.feed.Feed;
import dev.wick.gateway.feed.Holding;
import dev.wick.gateway.feed.HostName;
import dev.wick.gateway.live.Cold;
import dev.wick.gateway.live.Live;
import dev.wick.gateway.live.LiveLimits;
import dev.wick.gateway.live.Names;
import dev.wick.gateway.upstream.Clusters;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is let go: unknown names that expired, the coldest where there are too many, and what only
 * they needed; of all that the store is told, at once for many. Confined to the loop of its {@link
 * Draw}.
 */
final class Departures {

    /** What nothing uses any more may still be in the hands of requests. */
    private static final long RETIRE_MILLIS = 5_000;

    private static final long DROP_MILLIS = 2_000;
    private static final long CROWDED_MILLIS = 50;

    private final Loop loop;
    private final Feed feed;
    private final BooleanSupplier following;
    private final Holdings holdings;
    private final Pulls pulls;
    private final Clusters clusters;
    private final Live live;
    private final LiveLimits limits;
    private final Set<HostName> hosts = new LinkedHashSet<>();
    private final Set<DocumentKey> documents = new LinkedHashSet<>();
    private @Nullable Timer dropping;
    private @Nullable Timer sweeping;
    private boolean hurried;

    Departures(
            Loop loop,
            Feed feed,
            BooleanSupplier following,
            Holdings holdings,
            Pulls pulls,
            Clusters clusters,
            Live live,
            LiveLimits limits) {
        this.loop = loop;
        this.feed = feed;
        this.following = following;
        this.holdings = holdings;
        this.pulls = pulls;
        this.clusters = clusters;
        this.live = live;
        this.limits = limits;
    }

    /** A name goes, held or unknown. */
    void letGo(HeldName name) {
        name.into.forget(name.name.host());
        holdings.release(name.name);
        drop(name.name);
    }

    /** The store tells of this name, of which nothing is held. */
    void drop(HostName name) {
        hosts.add(name);
        dropLater();
    }

    /** The document is not held any more. */
    void drop(DocumentKey key) {
        documents.add(key);
        dropLater();
        if (key.kind().equals(Documents.VIRTUAL_HOST)) {
            loop.schedule(RETIRE_MILLIS, () -> gone(key));
        }
    }

    private void gone(DocumentKey virtualHost) {
        if (!holdings.documents().holds(virtualHost)) {
            live.gone(virtualHost.name());
        }
    }

    private void dropLater() {
        if (dropping == null) {
            dropping = loop.schedule(DROP_MILLIS, this::drop);
        }
    }

    private void drop() {
        dropping = null;
        hosts.removeIf(host -> holdings.name(host) != null || pulls.busy(host));
        documents.removeIf(holdings::holds);
        if (following.getAsBoolean() && !(hosts.isEmpty() && documents.isEmpty())) {
            feed.drop(new Holding(new ArrayList<>(hosts), new ArrayList<>(documents)));
        }
        hosts.clear();
        documents.clear();
    }

    /** The cluster ends some time after the last virtual host that sent to it went. */
    void retire(String cluster) {
        loop.schedule(
                RETIRE_MILLIS,
                () -> {
                    if (!holdings.documents().runs(cluster)) {
                        clusters.retire(cluster);
                    }
                });
    }

    /** Names came. */
    void sweepLater() {
        if (sweeping == null && (live.unknown() > 0 || live.crowded())) {
            long pause = live.crowded() ? CROWDED_MILLIS : limits.unknownMillis();
            sweeping = loop.schedule(pause, this::sweep);
        } else if (sweeping != null && live.crowded() && !hurried) {
            hurried = true;
            sweeping.cancel();
            sweeping = loop.schedule(CROWDED_MILLIS, this::sweep);
        }
    }

    private void sweep() {
        sweeping = null;
        hurried = false;
        for (Cold cold : live.coldest()) {
            Names names = cold.names();
            HostName name = new HostName(names.listener(), names.chain(), cold.host());
            HeldName held = holdings.name(name);
            if (held != null && !pulls.busy(name)) {
                letGo(held);
            }
        }
        sweepLater();
    }
}
