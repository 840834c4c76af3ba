package dev.wick.gateway.draw;

import dev.wick.gateway.client.HttpClient;
import dev.wick.gateway.client.Loops;
import dev.wick.gateway.draw.DrawSettings.CopySettings;
import dev.wick.gateway.feed.Feed;
import dev.wick.gateway.feed.FeedSettings;
import dev.wick.gateway.feed.Report;
import dev.wick.gateway.live.Held;
import dev.wick.gateway.live.LiveLimits;
import dev.wick.gateway.live.Names;
import dev.wick.gateway.upstream.Clusters;
import dev.wick.http.RequestHead;
import dev.wick.model.Listener;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** An instance without an edge: what requests would see. */
final class Drawn implements AutoCloseable {

    static final LiveLimits LIMITS = new LiveLimits(1_000, 100, 200, 100);

    final Loops loops = Loops.start(2);
    final Clusters clusters = new Clusters(loops);
    final BlockingQueue<List<Listener>> listeners = new LinkedBlockingQueue<>();
    final List<String> log = new CopyOnWriteArrayList<>();
    final Draw draw;
    final Names names;

    Drawn(String url, long fetchTimeoutMillis, @Nullable Path copy, LiveLimits limits) {
        CopySettings copySettings =
                copy == null
                        ? null
                        : new CopySettings(copy, "token", CopySettings.MAXIMUM_AGE, 1_000);
        Feed feed =
                new Feed(
                        new HttpClient(loops, url),
                        loops.loop(0),
                        new FeedSettings("test", "i1", "token"));
        draw =
                new Draw(
                        loops.loop(0),
                        feed,
                        clusters,
                        limits,
                        new DrawSettings(fetchTimeoutMillis, "1", copySettings),
                        "test",
                        new ListenersSeen(),
                        log::add);
        names = draw.live().names("http", "");
        draw.start();
    }

    Drawn(StubStore store) {
        this(store.url(), 2_000, null, LIMITS);
    }

    @Override
    public void close() {
        draw.stop(1_000);
        loops.close();
    }

    /** As a request does: what is held, or what comes of waiting. */
    Held ask(String host) throws Exception {
        Held held = names.held(host);
        return held == null ? later(host).get(10, TimeUnit.SECONDS) : held;
    }

    CompletableFuture<Held> later(String host) {
        CompletableFuture<Held> later = new CompletableFuture<>();
        names.await(host, loops.loop(1), later::complete);
        return later;
    }

    /** The body of the direct response that the host's first route gives, or what else is held. */
    String says(String host) throws Exception {
        Held held = ask(host);
        if (held.unknown()) {
            return "unknown";
        }
        if (held.snapshot() == null) {
            return "unavailable";
        }
        RequestHead head = new RequestHead();
        head.method("GET");
        head.path("/");
        head.authority(host);
        var route = held.snapshot().routes().match(head);
        return route == null ? "no route" : route.name();
    }

    Dump dump() throws Exception {
        CompletableFuture<Dump> dump = new CompletableFuture<>();
        draw.dump(dump::complete);
        return dump.get(5, TimeUnit.SECONDS);
    }

    /** Waits for what comes by itself. */
    static void until(BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not come to hold in 10 s");
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private final class ListenersSeen implements Ports {

        @Override
        public void listeners(List<Listener> set) {
            listeners.add(set);
        }

        @Override
        public void unknown() {
            listeners.add(List.of());
        }

        @Override
        public List<Report.Port> ports() {
            return List.of(new Report.Port("http", "127.0.0.1:8080", "open", ""));
        }
    }
}
