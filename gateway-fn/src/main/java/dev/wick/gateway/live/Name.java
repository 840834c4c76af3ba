package dev.wick.gateway.live;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One name. {@code held} and its times are read by any thread without a lock; all changes are made
 * under the lock of this object, which is never held while foreign code runs, the counting callback
 * excepted.
 */
final class Name {

    /** A second: a name that is hot writes its time once a second, not once a request. */
    private static final long TOUCH_MILLIS = 1_000;

    private volatile @Nullable Held held;
    private volatile long expires;
    private volatile long touched = Names.now();
    private boolean drawing;
    private boolean gone;
    private List<Wait> waits = new ArrayList<>(0);

    @Nullable Held held(long now) {
        Held current = held;
        if (current == null || now >= expires) {
            return null;
        }
        if (now - touched > TOUCH_MILLIS) {
            touched = now;
        }
        return current;
    }

    /** Also finds what was offered between the caller's miss and now. */
    synchronized Names.Joined join(Wait wait, long now) {
        if (gone) {
            return Names.Joined.GONE;
        }
        Held current = held(now);
        if (current != null) {
            wait.found(current);
            return Names.Joined.FOUND;
        }
        waits.add(wait);
        if (drawing) {
            return Names.Joined.SHARED;
        }
        drawing = true;
        return Names.Joined.FIRST;
    }

    /** Those who waited, or null where the name was removed meanwhile. */
    synchronized @Nullable List<Wait> offer(
            Held with, long until, BiConsumer<@Nullable Held, @Nullable Held> count) {
        if (gone) {
            return null;
        }
        count.accept(held, with);
        expires = until;
        held = with;
        return takeWaits();
    }

    synchronized List<Wait> fail(long now, BiConsumer<@Nullable Held, @Nullable Held> count) {
        Held current = held;
        if (current == null || now >= expires) {
            leave(count);
        }
        return takeWaits();
    }

    synchronized boolean gone() {
        return gone;
    }

    /** True where the name is to be removed; one that is being drawn stays for those who wait. */
    synchronized boolean forget(BiConsumer<@Nullable Held, @Nullable Held> count) {
        if (drawing) {
            count.accept(held, null);
            held = null;
            return false;
        }
        leave(count);
        return true;
    }

    void collect(Names names, String host, long now, Consumer<Cold> cold) {
        Held current = held;
        if (current != null) {
            cold.accept(new Cold(names, host, touched, current.unknown(), now >= expires));
        }
    }

    private void leave(BiConsumer<@Nullable Held, @Nullable Held> count) {
        count.accept(held, null);
        held = null;
        gone = true;
    }

    private List<Wait> takeWaits() {
        List<Wait> taken = waits;
        waits = new ArrayList<>(0);
        drawing = false;
        return taken;
    }
}
