package dev.wick.store.follow;

import dev.wick.store.keep.Keep;
import dev.wick.store.keep.RevisionRecord;
import org.jspecify.annotations.Nullable;

/** A reader of every revision: the list is the source, a wake-up only a hint. */
final class Watch implements Feed {

    private final Keep keep;
    private final String gateway;
    private final Runnable onClose;

    // Used by the one thread that polls.
    private long next;

    private boolean reset;
    private volatile boolean beatDue;
    private volatile boolean quiet;
    private volatile boolean ended;
    private volatile @Nullable Runnable wake;

    Watch(
            Keep keep,
            String gateway,
            long next,
            boolean reset,
            java.util.function.Consumer<Watch> onClose) {
        this.keep = keep;
        this.gateway = gateway;
        this.next = next;
        this.reset = reset;
        this.onClose = () -> onClose.accept(this);
    }

    @Override
    public @Nullable Told poll() {
        Told told = next();
        if (told != null) {
            beatDue = false;
            quiet = false;
        }
        return told;
    }

    private @Nullable Told next() {
        long head = keep.head(gateway);
        if (reset) {
            reset = false;
            next = head + 1;
            return new Told.Reset(keep.epoch(), head);
        }
        if (next > head) {
            return beatDue ? new Told.Beat() : null;
        }
        RevisionRecord record = keep.revision(gateway, next);
        if (record == null) {
            // Compacted while he read: as if he had asked too late.
            next = head + 1;
            return new Told.Reset(keep.epoch(), head);
        }
        next++;
        return new Told.Happened(record);
    }

    void beatDue() {
        beatDue = quiet;
        quiet = true;
        if (beatDue) {
            wake();
        }
    }

    void wake() {
        Runnable now = wake;
        if (now != null) {
            now.run();
        }
    }

    @Override
    public void whenReady(Runnable wake) {
        this.wake = wake;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    void end() {
        ended = true;
        wake();
    }

    @Override
    public void close() {
        onClose.run();
    }
}
