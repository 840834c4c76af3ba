package dev.wick.store.follow;

import dev.wick.store.keep.Indexer;
import dev.wick.store.keep.Keep;
import dev.wick.store.keep.Pin;
import dev.wick.store.revision.Key;
import dev.wick.store.slice.Holding;
import dev.wick.store.slice.HostName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * All streams of all gateways. Any thread.
 *
 * <p>One task per gateway finds out what its instances have to be told ({@link Teller}); a stream
 * of its own costs an entry in a table and no thread. A revision that concerns an instance goes out
 * at once, the number of one that does not within a second.
 */
public final class Followers implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Followers.class.getName());
    private static final long NUMBERS_MILLIS = 1_000;

    /** Who was told nothing for two of these hears a beat. */
    private static final long BEATS_MILLIS = 2_500;

    private final Keep keep;
    private final Indexer indexer;
    private final Executor executor;
    private final Map<String, Home> homes = new ConcurrentHashMap<>();
    private final Map<String, Set<Watch>> watches = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock;
    private final AutoCloseable subscription;

    /**
     * The followers of one gateway, and how many times their task was asked for since it last
     * looked.
     */
    private record Home(GatewayFollowers followers, AtomicInteger asked) {}

    /**
     * @param executor runs tasks that may read the disk, each on a thread of its own
     */
    public Followers(Keep keep, Indexer indexer, Executor executor) {
        this.keep = keep;
        this.indexer = indexer;
        this.executor = executor;
        this.clock =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("wick-follow-clock").factory());
        clock.scheduleAtFixedRate(
                this::numbers, NUMBERS_MILLIS, NUMBERS_MILLIS, TimeUnit.MILLISECONDS);
        clock.scheduleAtFixedRate(this::beats, BEATS_MILLIS, BEATS_MILLIS, TimeUnit.MILLISECONDS);
        this.subscription = keep.onHead((gateway, head) -> moved(gateway));
    }

    /** The stream of what concerns an instance. */
    public Feed follow(String gateway, Holdings holdings) {
        Feed[] feed = new Feed[1];
        ask(atHome(gateway, followers -> feed[0] = followers.join(holdings)));
        return feed[0];
    }

    /**
     * The stream of all revisions from {@code from} on.
     *
     * @param reset begin with a reset at the head instead
     */
    public Feed watch(String gateway, long from, boolean reset) {
        Watch watch = new Watch(keep, gateway, from, reset, gone -> unwatch(gateway, gone));
        watches.compute(
                gateway,
                (g, before) -> {
                    Set<Watch> all = before == null ? ConcurrentHashMap.newKeySet() : before;
                    all.add(watch);
                    return all;
                });
        return watch;
    }

    private void unwatch(String gateway, Watch gone) {
        watches.computeIfPresent(
                gateway,
                (g, all) -> {
                    all.remove(gone);
                    return all.isEmpty() ? null : all;
                });
    }

    /** Lets the instance be told of what it reads. */
    public Holding holding(String gateway, String instance) {
        return new Holding() {
            @Override
            public void host(HostName host) {
                atHome(gateway, followers -> followers.draws(instance, host, now()));
            }

            @Override
            public void documents(long revision, Collection<Key> keys) {
                boolean[] late = new boolean[1];
                Home home =
                        atHome(
                                gateway,
                                followers ->
                                        late[0] = followers.drew(instance, keys, revision, now()));
                if (late[0]) {
                    ask(home);
                }
            }
        };
    }

    /** The instance holds these no longer. */
    public void drop(String gateway, String instance, List<HostName> hosts, List<Key> documents) {
        homes.computeIfPresent(
                gateway,
                (g, home) -> {
                    home.followers.drop(instance, hosts, documents, now());
                    return home;
                });
    }

    /** Whether the instance has a stream open. */
    public boolean follows(String gateway, String instance) {
        Home home = homes.get(gateway);
        return home != null && home.followers.follows(instance);
    }

    /**
     * Lets somebody come to the followers of a gateway. {@link #numbers} removes those of whom
     * nobody is left, and not while somebody comes.
     */
    private Home atHome(String gateway, Consumer<GatewayFollowers> coming) {
        return homes.compute(
                gateway,
                (g, before) -> {
                    Home home =
                            before == null
                                    ? new Home(new GatewayFollowers(g, keep), new AtomicInteger())
                                    : before;
                    coming.accept(home.followers);
                    return home;
                });
    }

    /** For how many gateways something is remembered. */
    int remembered() {
        return homes.size() + watches.size();
    }

    private void moved(String gateway) {
        Home home = homes.get(gateway);
        if (home != null) {
            ask(home);
        }
        watches.getOrDefault(gateway, Set.of()).forEach(Watch::wake);
    }

    private void ask(Home home) {
        if (home.asked.getAndIncrement() == 0) {
            executor.execute(() -> tellAll(home));
        }
    }

    private void tellAll(Home home) {
        int seen;
        do {
            seen = home.asked.get();
            tell(home.followers);
        } while (home.asked.addAndGet(-seen) != 0);
    }

    private void tell(GatewayFollowers followers) {
        try (Pin pin = keep.pin(followers.gateway)) {
            if (pin.revision() > followers.told() || !followers.isIdle()) {
                new Teller(followers, keep, indexer, pin).tell();
            }
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "followers of " + followers.gateway + " start anew",
                    e);
            Marks marks = new Marks();
            marks.reset();
            followers.all().forEach(follower -> follower.settle(followers.told(), marks));
        }
    }

    private void numbers() {
        homes.forEach(
                (gateway, home) -> {
                    home.followers.forget(now());
                    home.followers.all().forEach(Follower::numberDue);
                    homes.computeIfPresent(
                            gateway, (g, there) -> there.followers.isUnused() ? null : there);
                });
    }

    private void beats() {
        homes.values().forEach(home -> home.followers.all().forEach(Follower::beatDue));
        watches.values().forEach(all -> all.forEach(Watch::beatDue));
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public void close() {
        unsubscribe();
        clock.shutdownNow();
        homes.values().forEach(home -> home.followers.all().forEach(Follower::end));
        watches.values().forEach(all -> all.forEach(Watch::end));
    }

    private void unsubscribe() {
        try {
            subscription.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
