package dev.wick.store.keep;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The one thread that writes the views: what the log decided comes in through a queue, in order,
 * and becomes visible. Afterwards it drops versions that no reader needs, and files that nothing
 * needs.
 */
final class Applier implements Ledger.Decisions, AutoCloseable {

    private sealed interface Event {
        record Committed(String gateway, long revision, FileName bundle) implements Event {}

        record Based(String gateway, FileName file) implements Event {}

        record Dropped(String gateway, List<FileName> files, long first) implements Event {}

        record Stop() implements Event {}
    }

    /** Files to delete once no reader is below {@code until}. */
    private record Doomed(View view, List<FileName> files, long first, long until) {}

    private static final System.Logger LOGGER = System.getLogger(Applier.class.getName());
    private static final long IDLE_MILLIS = 500;

    private final Map<String, View> views = new ConcurrentHashMap<>();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final ArrayDeque<Doomed> doomed = new ArrayDeque<>();
    private final Indexer indexer;
    private final Bundles bundles;
    private final Blocks cache;
    private final Heads heads;
    private final LongSupplier nanoTime;
    private final Halt halt;
    private final Thread thread;
    private volatile Consumer<View> afterwards = _ -> {};

    Applier(
            Indexer indexer,
            Bundles bundles,
            Blocks cache,
            Heads heads,
            LongSupplier nanoTime,
            Halt halt) {
        this.indexer = indexer;
        this.bundles = bundles;
        this.cache = cache;
        this.heads = heads;
        this.nanoTime = nanoTime;
        this.halt = halt;
        thread = Thread.ofPlatform().daemon().name("store-apply").unstarted(this::run);
    }

    /** A view of a gateway without a revision is empty, and not remembered. */
    View view(String gateway) {
        View view = views.get(gateway);
        return view != null ? view : new View(gateway, indexer, bundles, cache, nanoTime);
    }

    /** Builds the views from base and bundles. On the starting thread, before {@link #start}. */
    void build(Ledger ledger, String gateway) throws StoreUnusable {
        final long start = System.nanoTime();
        View view = new View(gateway, indexer, bundles, cache, nanoTime);
        Ledger.BaseFile base = ledger.base(gateway);
        long revision = ledger.first(gateway);
        String file = base == null ? "" : "base of revision " + base.upTo();
        try {
            if (base != null) {
                view.load(Base.open(bundles, cache, base.file()));
            }
            for (FileName bundle : ledger.bundles(gateway, revision, Long.MAX_VALUE)) {
                file = "bundle of revision " + revision;
                if (revision <= view.head()) {
                    view.remember(revision, bundle);
                } else {
                    view.apply(revision, bundle);
                    view.forget();
                }
                revision++;
            }
        } catch (IOException | IllegalStateException e) {
            throw new StoreUnusable(
                    "the "
                            + file
                            + " of gateway "
                            + gateway
                            + " cannot be read: "
                            + e.getMessage()
                            + (e instanceof NoSuchFileException ? " is missing" : ""),
                    e);
        }
        views.put(gateway, view);
        LOGGER.log(
                System.Logger.Level.INFO,
                "gateway {0}: revision {1}, {2} documents, read in {3} ms",
                gateway,
                view.head(),
                view.documents(),
                (System.nanoTime() - start) / 1_000_000);
    }

    /** {@code afterwards} is called with the view after each revision, on the apply thread. */
    void start(Consumer<View> consumer) {
        afterwards = consumer;
        thread.start();
    }

    /** Completes with true when readers see this revision. */
    CompletableFuture<Boolean> await(String gateway, long revision) {
        return heads.await(gateway, revision, () -> view(gateway).head());
    }

    @Override
    public void committed(String gateway, long revision, FileName bundle) {
        events.add(new Event.Committed(gateway, revision, bundle));
    }

    @Override
    public void based(String gateway, long upTo, FileName file) {
        events.add(new Event.Based(gateway, file));
    }

    @Override
    public void dropped(String gateway, List<FileName> files, long first) {
        events.add(new Event.Dropped(gateway, files, first));
    }

    private void run() {
        try {
            while (true) {
                Event event = events.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                switch (event) {
                    case null -> views.values().forEach(View::forget);
                    case Event.Committed committed -> apply(committed);
                    case Event.Based based -> rebase(based);
                    case Event.Dropped dropped -> doom(dropped);
                    case Event.Stop _ -> {
                        return;
                    }
                }
                deleteDoomed();
            }
        } catch (IOException | RuntimeException | Error e) {
            halt.now("a committed revision cannot be applied", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void apply(Event.Committed event) throws IOException {
        View view = view(event.gateway);
        if (event.revision <= view.head()) {
            return;
        }
        view.apply(event.revision, event.bundle);
        views.putIfAbsent(event.gateway, view);
        view.forget();
        heads.moved(event.gateway, event.revision);
        afterwards.accept(view);
    }

    private void rebase(Event.Based event) throws IOException {
        view(event.gateway).rebase(Base.open(bundles, cache, event.file));
    }

    private void doom(Event.Dropped event) {
        View view = view(event.gateway);
        doomed.add(new Doomed(view, event.files, event.first, view.baseUpTo()));
    }

    private void deleteDoomed() throws IOException {
        while (!doomed.isEmpty() && doomed.peek().view.forget() >= doomed.peek().until) {
            Doomed next = doomed.remove();
            next.view.drop(next.first);
            for (FileName file : next.files) {
                bundles.delete(file.sha256());
            }
        }
    }

    @Override
    public void close() {
        events.add(new Event.Stop());
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
