package dev.wick.store.keep;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Who reads which revision of a gateway, and until when. Locked by itself; any thread. */
final class Pins {

    private static final long SHORT = 10_000_000_000L;
    private static final long LONG = 600_000_000_000L;

    /** One reader's hold. Times are those of the pins. */
    final class Hold {
        final long revision;
        private volatile long deadline;
        private boolean lingers;

        private Hold(long revision, long deadline) {
            this.revision = revision;
            this.deadline = deadline;
        }

        boolean expired() {
            return nanoTime.getAsLong() - deadline > 0;
        }
    }

    private final Set<Hold> holds = new HashSet<>();
    private final LongSupplier head;
    private final LongSupplier nanoTime;

    /** When revisions that somebody may still hold ceased to be the head. */
    private final TreeMap<Long, Long> overtaken = new TreeMap<>();

    private long forgotten;

    /** {@code head} is the revision that a reader without a wish gets. */
    Pins(LongSupplier head, LongSupplier nanoTime) {
        this.head = head;
        this.nanoTime = nanoTime;
    }

    synchronized Hold take() {
        return add(head.getAsLong(), SHORT);
    }

    /** Null when the revision is gone, or not there yet. */
    synchronized @Nullable Hold take(long revision) {
        if (revision < oldest() || revision < forgotten || revision > head.getAsLong()) {
            return null;
        }
        return add(revision, SHORT);
    }

    /** For ten minutes, which are not renewed. */
    synchronized Hold takeLong() {
        return add(head.getAsLong(), LONG);
    }

    /** For as long as it is not released. */
    synchronized Hold takeForever() {
        return add(head.getAsLong(), Long.MAX_VALUE / 4);
    }

    /** The revision is no longer the head. */
    synchronized void overtaken(long revision) {
        overtaken.putIfAbsent(revision, nanoTime.getAsLong());
    }

    /**
     * Until {@code nanos} from now, at most ten minutes after its revision ceased to be the head.
     */
    synchronized void renew(Hold hold, long nanos) {
        long now = nanoTime.getAsLong();
        Long since = overtaken.get(hold.revision);
        hold.deadline = now + (since == null ? nanos : Math.min(nanos, since + LONG - now));
        hold.lingers = true;
    }

    synchronized void release(Hold hold) {
        if (!hold.lingers) {
            holds.remove(hold);
            hold.deadline = nanoTime.getAsLong() - 1;
        }
    }

    /**
     * The oldest revision that anyone may still read; what is older may be forgotten from now on.
     */
    synchronized long forget() {
        forgotten = Math.max(forgotten, oldest());
        overtaken.headMap(forgotten).clear();
        return forgotten;
    }

    private long oldest() {
        long oldest = head.getAsLong();
        for (Iterator<Hold> all = holds.iterator(); all.hasNext(); ) {
            Hold hold = all.next();
            if (hold.expired()) {
                all.remove();
            } else {
                oldest = Math.min(oldest, hold.revision);
            }
        }
        return oldest;
    }

    private Hold add(long revision, long nanos) {
        Hold hold = new Hold(revision, nanoTime.getAsLong() + nanos);
        holds.add(hold);
        return hold;
    }
}
