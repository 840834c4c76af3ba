package dev.wick.store.keep;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a start must read, and the history, within bounds: writes a new base when the bundles
 * since the last one have grown too large, and has the log forget bundles that neither a start nor
 * the history needs. Writes on a thread of its own; asked by the apply thread after each revision.
 */
final class Compactor implements AutoCloseable {

    /** So many looks at the age of revisions in the time that they are kept. */
    private static final int LOOKS = 30;

    private final Ledger ledger;
    private final Log log;
    private final Bundles bundles;
    private final Blocks cache;
    private final int indexerVersion;
    private final KeepSettings settings;
    private final Map<String, Instant> looked = new ConcurrentHashMap<>();

    /** The oldest revision that is young enough, as of the last look. */
    private final Map<String, Long> young = new ConcurrentHashMap<>();

    private volatile boolean closing;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    work -> Thread.ofPlatform().daemon().name("store-compact").unstarted(work));

    Compactor(
            Ledger ledger,
            Log log,
            Bundles bundles,
            Blocks cache,
            int indexerVersion,
            KeepSettings settings) {
        this.ledger = ledger;
        this.log = log;
        this.bundles = bundles;
        this.cache = cache;
        this.indexerVersion = indexerVersion;
        this.settings = settings;
    }

    /** The oldest revision that shall stay readable. */
    static long oldestWanted(long head, int revisions) {
        return Math.max(1, head - revisions + 1);
    }

    /** Does not block. */
    void consider(View view) {
        look(view);
        Ledger.Extent extent = ledger.extent(view.gateway());
        long inTime = Math.max(extent.first(), young.getOrDefault(view.gateway(), 1L));
        boolean rebase =
                extent.sinceBase() > Math.max(settings.compactionBytes(), extent.baseSize() / 2)
                        || inTime > extent.upTo() + 1;
        long oldest = Math.max(inTime, oldest(view.head(), extent));
        long spare = Math.min(oldest, extent.upTo() + 1) - extent.first();
        boolean trim = spare > settings.revisions() / 10 || inTime > extent.first();
        if ((rebase || trim) && busy.add(view.gateway())) {
            submit(() -> work(view, rebase, oldest));
        }
    }

    /** Finding out how old revisions are reads files: once in a while, and not on this thread. */
    private void look(View view) {
        Instant now = settings.clock().instant();
        Instant last = looked.putIfAbsent(view.gateway(), now);
        Instant due = last == null ? now : last.plus(settings.historyAge().dividedBy(LOOKS));
        if (!due.isAfter(now)) {
            looked.put(view.gateway(), now);
            submit(() -> lookAt(view, now.minus(settings.historyAge())));
        }
    }

    private void lookAt(View view, Instant since) {
        long first = ledger.first(view.gateway());
        long least = first;
        long most = view.head();
        try {
            while (least < most) {
                long middle = (least + most) >>> 1;
                if (time(view.gateway(), middle).isBefore(since)) {
                    least = middle + 1;
                } else {
                    most = middle;
                }
            }
        } catch (IOException | RuntimeException e) {
            warn("the age of revisions of gateway " + view.gateway() + " is not known: " + e);
            return;
        }
        young.put(view.gateway(), least);
        if (least > first) {
            consider(view);
        }
    }

    private Instant time(String gateway, long revision) throws IOException {
        FileName file = ledger.bundles(gateway, revision, revision).getFirst();
        return Bundle.read(bundles, file.sha256()).header().time();
    }

    private static void warn(String sentence) {
        System.getLogger(Compactor.class.getName()).log(System.Logger.Level.WARNING, sentence);
    }

    private long oldest(long head, Ledger.Extent extent) {
        long oldest = oldestWanted(head, settings.revisions());
        return extent.bytes() > settings.historyBytes()
                ? Math.max(oldest, ledger.oldestWithin(extent.gateway(), settings.historyBytes()))
                : oldest;
    }

    private void submit(Runnable work) {
        try {
            thread.execute(work);
        } catch (RejectedExecutionException e) {
            // Closing: the next start goes on with it.
        }
    }

    private void work(View view, boolean rebase, long oldest) {
        try {
            Entry entry = rebase ? writeBase(view, oldest) : new Entry.Trim(view.gateway(), oldest);
            log.propose(entry.bytes()).join();
        } catch (Exception e) {
            if (closing) {
                return;
            }
            // Nothing is lost by a base that was not written: the next revision asks again.
            warn("compaction of gateway " + view.gateway() + " failed: " + e);
        } finally {
            busy.remove(view.gateway());
        }
        if (young.getOrDefault(view.gateway(), 1L) > oldest) {
            consider(view); // as was found out while this was on its way
        }
    }

    private Entry.Base writeBase(View view, long oldest) throws IOException {
        Pins.Hold hold = view.pins().takeForever();
        try (Base.Writer writer = new Base.Writer(bundles)) {
            long upTo = hold.revision;
            Ledger.@Nullable BaseFile old = ledger.base(view.gateway());
            long first = old == null ? 1 : old.upTo() + 1;
            List<FileName> files = ledger.bundles(view.gateway(), first, upTo);
            Base from = old == null ? null : Base.open(bundles, cache, old.file());
            Merge merge = new Merge(from, bundles, first, files);
            for (Base.Item item = merge.next(); item != null; item = merge.next()) {
                if (closing) {
                    throw new IOException("the store closes");
                }
                writer.document(item.key(), item.revision(), item.document());
            }
            view.save(writer, upTo);
            FileName file = writer.finish(upTo, indexerVersion);
            return new Entry.Base(view.gateway(), upTo, file, oldest);
        } finally {
            view.pins().release(hold);
        }
    }

    /** Gives up a base that is being written. */
    @Override
    public void close() {
        closing = true;
        thread.shutdown();
        try {
            thread.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
