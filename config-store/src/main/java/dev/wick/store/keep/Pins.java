package dev.wick.store.keep;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Who reads which revision of a gateway, and until when. Locked by itself; any thread. */
final class Pins {

    private static final long SHORT = 10_000_000_000L;
    private static final long LONG = 600_000_000_000L;

    /** One reader's hold. Times are those of {@link System#nanoTime}. */
    static final class Hold {
        final long revision;
        private final long born;
        private volatile long deadline;
        private boolean lingers;

        private Hold(long revision, long born, long deadline) {
            this.revision = revision;
            this.born = born;
            this.deadline = deadline;
        }

        boolean expired() {
            return System.nanoTime() - deadline > 0;
        }
    }

    private final Set<Hold> holds = new HashSet<>();
    private final LongSupplier head;
    private long forgotten;

    /** {@code head} is the revision that a reader without a wish gets. */
    Pins(LongSupplier head) {
        this.head = head;
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

    /** For as long as it is not released. */
    synchronized Hold takeForever() {
        return add(head.getAsLong(), Long.MAX_VALUE / 4);
    }

    /**
     * Until {@code nanos} from now, at most ten minutes after the first reader of that revision
     * came.
     */
    synchronized void renew(Hold hold, long nanos) {
        long now = System.nanoTime();
        hold.deadline = now + Math.min(nanos, hold.born + LONG - now);
        hold.lingers = true;
    }

    synchronized void release(Hold hold) {
        if (!hold.lingers) {
            holds.remove(hold);
            hold.deadline = System.nanoTime() - 1;
        }
    }

    /**
     * The oldest revision that anyone may still read; what is older may be forgotten from now on.
     */
    synchronized long forget() {
        forgotten = Math.max(forgotten, oldest());
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
        long now = System.nanoTime();
        long born = now;
        for (Hold other : holds) {
            if (other.revision == revision && other.born - born < 0) {
                born = other.born;
            }
        }
        Hold hold = new Hold(revision, born, now + nanos);
        holds.add(hold);
        return hold;
    }
}
