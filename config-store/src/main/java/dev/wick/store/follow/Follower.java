package dev.wick.store.follow;

import dev.wick.store.keep.Keep;
import dev.wick.store.revision.Key;
import dev.wick.store.slice.HostName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One instance's stream. What it holds is guarded by its {@link GatewayFollowers}, the rest by this
 * object.
 */
final class Follower implements Feed {

    /** More at once than this is read anew, in the instance's own order and pace. */
    private static final long MOST_BYTES = 8L << 20;

    private static final int MOST_NAMES = 20_000;

    /** Who holds more has lost count: he is sent to start anew. */
    private static final int MOST_HELD = 500_000;

    final String instance;
    final Set<HostName> hosts = new HashSet<>();
    final Set<Key> documents = new HashSet<>();

    private final Keep keep;
    private final GatewayFollowers home;
    private Marks marks = new Marks();

    /**
     * All that changed up to here is told or among the marks. -1: what was missed before the stream
     * began is not known yet.
     */
    private long settled = -1;

    private long told = -1;
    private boolean numberDue = true;
    private boolean beatDue;
    private boolean quiet;
    private boolean ended;
    private @Nullable Runnable wake;

    Follower(String instance, Keep keep, GatewayFollowers home) {
        this.instance = instance;
        this.keep = keep;
        this.home = home;
    }

    boolean holdsTooMuch() {
        return hosts.size() + documents.size() > MOST_HELD;
    }

    /** Everything up to {@code revision} is in {@code news}, or null where nothing is. */
    void settle(long revision, @Nullable Marks news) {
        synchronized (this) {
            settled = Math.max(settled, revision);
            if (news != null) {
                marks.add(news);
            }
            if (marks.bytes() > MOST_BYTES || marks.hosts.size() > MOST_NAMES) {
                marks.reset();
            }
            if (marks.isEmpty() && !numberDue) {
                return;
            }
        }
        wake();
    }

    /** Called every second: a number that was not told yet is due now. */
    void numberDue() {
        synchronized (this) {
            if (settled <= told) {
                return;
            }
            numberDue = true;
        }
        wake();
    }

    /**
     * Called every few seconds: who was told nothing since the last call hears that the store
     * lives.
     */
    void beatDue() {
        synchronized (this) {
            beatDue = quiet;
            quiet = true;
            if (!beatDue) {
                return;
            }
        }
        wake();
    }

    @Override
    public synchronized @Nullable Told poll() {
        Told next = settled < 0 ? null : next();
        if (next != null) {
            beatDue = false;
            quiet = false;
        }
        return next;
    }

    private @Nullable Told next() {
        if (!marks.isEmpty()) {
            Marks news = marks;
            marks = new Marks();
            told = settled;
            numberDue = false;
            return news.isReset() ? new Told.Reset(keep.epoch(), settled) : changed(news);
        }
        if (numberDue && settled > told) {
            told = settled;
            numberDue = false;
            return new Told.Number(settled);
        }
        return beatDue ? new Told.Beat() : null;
    }

    private Told changed(Marks news) {
        List<Told.Document> list = new ArrayList<>();
        news.documents.forEach((key, kept) -> list.add(new Told.Document(key, kept)));
        return new Told.Changed(settled, List.copyOf(news.hosts), list, news.hasListeners());
    }

    @Override
    public synchronized void whenReady(Runnable wake) {
        this.wake = wake;
    }

    @Override
    public synchronized boolean ended() {
        return ended;
    }

    /** Ends the stream after what is still to be told. */
    void end() {
        synchronized (this) {
            ended = true;
        }
        wake();
    }

    private void wake() {
        Runnable now;
        synchronized (this) {
            now = wake;
        }
        if (now != null) {
            now.run();
        }
    }

    @Override
    public void close() {
        home.leave(this);
    }
}
