package dev.wick.store.keep;

import dev.wick.store.revision.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the store keeps, per gateway: a line of revisions, each a bundle of changes to documents.
 * Any thread.
 */
public final class Keep implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Keep.class.getName());

    private static final long START_SECONDS = 30;

    private final Ledger ledger;
    private final Log log;
    private final Bundles bundles;
    private final Blocks cache;
    private final Indexer indexer;
    private final KeepSettings settings;
    private final Heads heads;
    private final Applier applier;
    private final Commits commits;
    private final Compactor compactor;
    private final ExecutorService executor;
    private final Origin origin;
    private final AutoCloseable lock;

    private Keep(
            Ledger ledger,
            Log log,
            Parts parts,
            Applier applier,
            Heads heads,
            ExecutorService executor) {
        this.ledger = ledger;
        this.log = log;
        this.bundles = parts.bundles;
        this.cache = parts.blocks;
        this.indexer = parts.indexer;
        this.settings = parts.settings;
        this.origin = parts.origin;
        this.lock = parts.lock;
        this.heads = heads;
        this.applier = applier;
        this.executor = executor;
        commits = new Commits(ledger, log, bundles, applier, settings);
        compactor = new Compactor(ledger, log, bundles, cache, indexer.version(), settings);
    }

    /** What a store is made of; {@code lock} is closed last. */
    public record Parts(
            Log.Opener log,
            Bundles bundles,
            Blocks blocks,
            Indexer indexer,
            KeepSettings settings,
            Halt halt,
            Origin origin,
            AutoCloseable lock) {}

    /**
     * Opens the log and builds the views. The parts are closed with the result, and left alone when
     * this throws.
     */
    public static Keep open(Parts parts) throws StoreUnusable {
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        Heads heads = new Heads(executor);
        Applier applier =
                new Applier(
                        parts.indexer,
                        parts.bundles,
                        parts.blocks,
                        heads,
                        parts.settings.nanoTime(),
                        parts.halt);
        Ledger ledger = new Ledger();
        Log log = parts.log.open(ledger, parts.halt);
        try {
            ledger.hear(applier);
            String epoch = randomId();
            propose(log, new Entry.Epoch(epoch));
            boolean isNew = epoch.equals(ledger.epoch());
            if (!isNew && !parts.origin.isOwn()) {
                beginAnew(ledger, log);
            }
            parts.origin.claim();
            for (String gateway : ledger.gateways()) {
                applier.build(ledger, gateway);
            }
            Keep keep = new Keep(ledger, log, parts, applier, heads, executor);
            keep.removeOrphans();
            applier.start(keep.compactor::consider);
            return keep;
        } catch (StoreUnusable | RuntimeException e) {
            log.close();
            throw e;
        }
    }

    /**
     * In a copy of a folder revisions that were made after it are made again, as others. Others may
     * know those by their numbers: so the numbers get another epoch.
     */
    private static void beginAnew(Ledger ledger, Log log) throws StoreUnusable {
        propose(log, new Entry.NewEpoch(randomId()));
        LOG.log(
                System.Logger.Level.INFO,
                "the data folder is a copy, was put back, or has no file origin: its epoch is "
                        + ledger.epoch()
                        + " from now on");
    }

    private static String randomId() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    }

    /** Once an entry of this start's own is applied, so is all that was committed before. */
    private static void propose(Log log, Entry entry) throws StoreUnusable {
        try {
            log.propose(entry.bytes()).get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StoreUnusable("the log does not take entries: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnusable("interrupted while the log was opened", e);
        }
    }

    /** The random id of this data folder; a copy that is put in its place gets another one. */
    public String epoch() {
        String epoch = ledger.epoch();
        if (epoch == null) {
            throw new IllegalStateException("no epoch in an open store");
        }
        return epoch;
    }

    /** Those with at least one revision. */
    public Set<String> gateways() {
        return new TreeSet<>(ledger.gateways());
    }

    /** The newest revision that reads see, 0 when there is none. */
    public long head(String gateway) {
        return applier.view(gateway).head();
    }

    /**
     * Makes the proposal the next revision if its base is still the head. What could not be found
     * out within 10 s is {@code Unknown}. Fails with an {@link Unwritten} (see {@link
     * Unwritten#in}) when the bundle could not be written, with an {@link UncheckedIOException}
     * when the base could not be read, and with an {@link IllegalArgumentException} for a proposal
     * that is none.
     */
    public CompletionStage<Outcome> commit(String gateway, Proposal proposal) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return commits.commit(gateway, proposal);
                    } catch (IOException e) {
                        throw new CompletionException(new UncheckedIOException(e));
                    }
                },
                executor);
    }

    /**
     * Waits until all that was committed before is decided and seen by readers, what is {@code
     * Unknown} to its writer included. False where that cannot be found out within 10 s.
     */
    public boolean settle() {
        return commits.settle();
    }

    /**
     * The revision that this request became, of the last 10,000 requests of all gateways; null: not
     * known.
     */
    public Outcome.@Nullable Committed outcome(String gateway, String requestId) {
        Long revision = ledger.outcome(gateway, requestId);
        return revision == null ? null : new Outcome.Committed(revision);
    }

    /** At the head. */
    public Pin pin(String gateway) {
        View view = applier.view(gateway);
        return new Pin(view, view.pins().take());
    }

    /**
     * The same for whoever plans a change or walks through all of it: it lasts ten minutes without
     * being renewed.
     */
    public Pin longPin(String gateway) {
        View view = applier.view(gateway);
        return new Pin(view, view.pins().takeLong());
    }

    /** At an older revision that another pin still holds (or at the head); null when it is gone. */
    public @Nullable Pin pin(String gateway, long revision) {
        View view = applier.view(gateway);
        Pins.Hold hold = view.pins().take(revision);
        return hold == null ? null : new Pin(view, hold);
    }

    /** The oldest revision that {@link #revision} and {@link #changes} know, at least 1. */
    public long oldestRevision(String gateway) {
        return Math.max(
                ledger.first(gateway), Compactor.oldestWanted(head(gateway), settings.revisions()));
    }

    /** Null when it is older than the oldest kept or newer than the head. */
    public @Nullable RevisionRecord revision(String gateway, long revision) {
        View view = applier.view(gateway);
        RevisionRecord recent = kept(view, revision) ? view.recent(revision) : null;
        if (recent != null) {
            return recent;
        }
        Effects effects = new Effects(gateway, indexer);
        RecentRevisions.Builder builder = new RecentRevisions.Builder(revision);
        Bundle.Header header =
                read(
                        view,
                        revision,
                        Integer.MAX_VALUE,
                        change -> {
                            effects.add(change);
                            builder.add(change);
                        });
        return header == null ? null : builder.build(header, effects.domains());
    }

    /**
     * The revision without its domains, and with its first {@code most} changes alone: costs what
     * it tells. Null as for {@link #revision}.
     */
    public @Nullable RevisionSummary summary(String gateway, long revision, int most) {
        View view = applier.view(gateway);
        RevisionRecord recent = kept(view, revision) ? view.recent(revision) : null;
        if (recent != null) {
            return RevisionSummary.of(recent, most);
        }
        RecentRevisions.Builder builder = new RecentRevisions.Builder(revision);
        Bundle.Header header = read(view, revision, most, builder::add);
        return header == null
                ? null
                : new RevisionSummary(builder.build(header, Set.of()), header.changes());
    }

    /** With the bytes before and after; null as for {@link #revision}. */
    public @Nullable List<RecordedChange> changes(String gateway, long revision) {
        List<RecordedChange> changes = new ArrayList<>();
        return changes(gateway, revision, changes::add) ? changes : null;
    }

    /** The same one by one; false where the revision is not kept. */
    public boolean changes(String gateway, long revision, Consumer<RecordedChange> each) {
        return read(applier.view(gateway), revision, Integer.MAX_VALUE, each) != null;
    }

    /**
     * Completes with true once the head is {@code revision} or later, with false after the timeout.
     */
    public CompletionStage<Boolean> awaitHead(String gateway, long revision, Duration timeout) {
        return applier.await(gateway, revision)
                .completeOnTimeout(false, timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Until the result is closed. */
    public AutoCloseable onHead(HeadListener listener) {
        return heads.listen(listener);
    }

    private boolean kept(View view, long revision) {
        return revision >= oldestRevision(view.gateway()) && revision <= view.head();
    }

    private Bundle.@Nullable Header read(
            View view, long revision, int most, Consumer<RecordedChange> reader) {
        FileName bundle = kept(view, revision) ? view.bundle(revision) : null;
        if (bundle == null) {
            return null;
        }
        try {
            Bundle.Changes changes = Bundle.read(bundles, bundle.sha256());
            for (int i = 0; i < most; i++) {
                RecordedChange change = changes.next();
                if (change == null) {
                    break;
                }
                reader.accept(change);
            }
            return changes.header();
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bundles that were written and never committed. */
    private void removeOrphans() {
        Instant old = settings.clock().instant().minus(settings.orphanAge());
        Set<String> needed = ledger.files();
        try {
            for (Map.Entry<String, Instant> file : bundles.list().entrySet()) {
                if (!needed.contains(file.getKey()) && !file.getValue().isAfter(old)) {
                    bundles.delete(file.getKey());
                }
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "orphan bundles stay: " + e);
        }
    }

    /** How much a gateway is: for metrics and for whoever looks after the disk. */
    public State state(String gateway) {
        Ledger.Extent extent = ledger.extent(gateway);
        return new State(
                head(gateway),
                extent.upTo(),
                applier.view(gateway).documents(),
                extent.baseSize(),
                extent.sinceBase(),
                extent.bytes());
    }

    /**
     * @param base the revision that the base file holds, 0 when there is none
     * @param documents how many there are, those included that a reader still sees
     * @param baseBytes size of the base file
     * @param sinceBaseBytes bundles that a start reads on top of the base
     * @param historyBytes all bundles that are kept
     */
    public record State(
            long head,
            long base,
            long documents,
            long baseBytes,
            long sinceBaseBytes,
            long historyBytes) {}

    /** Ends all threads; commits under way become {@code Unknown}. */
    @Override
    public void close() {
        commits.close();
        compactor.close();
        log.close();
        applier.close();
        executor.shutdown();
        cache.close();
        try {
            origin.claim(); // of copies that were made while it ran
        } catch (StoreUnusable e) {
            LOG.log(System.Logger.Level.WARNING, e.getMessage());
        }
        try {
            lock.close();
        } catch (Exception e) {
            throw new IllegalStateException("the data folder's lock cannot be released", e);
        }
    }
}
