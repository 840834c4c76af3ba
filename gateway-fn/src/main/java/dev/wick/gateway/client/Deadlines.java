package dev.wick.gateway.client;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All armed deadlines of one loop. Confined to it. A process in which nothing is armed is never
 * woken.
 *
 * <p>One task of the event loop watches for all: it is set for the earliest head, and when it finds
 * that head gone it just sets itself again. With the usual durations of seconds it runs a few times
 * a second at most, however many requests come and go in between.
 */
final class Deadlines implements Runnable {

    private static final int KEPT_LISTS = 32;

    /** More is as good as never, and points in time must stay comparable. */
    private static final long MOST_MILLIS = TimeUnit.DAYS.toMillis(10_000);

    private final EventLoop eventLoop;
    private final List<DeadlineList> lists = new ArrayList<>();
    private long watchedNanos = Long.MAX_VALUE;
    private @Nullable ScheduledFuture<?> watch;

    Deadlines(EventLoop eventLoop) {
        this.eventLoop = eventLoop;
    }

    void arm(Deadline deadline, long millis, long nowNanos) {
        deadline.disarm();
        long bounded = Math.min(millis, MOST_MILLIS);
        deadline.expiresNanos = nowNanos + TimeUnit.MILLISECONDS.toNanos(bounded);
        list(bounded).append(deadline);
        watch(deadline.expiresNanos, nowNanos);
    }

    private DeadlineList list(long millis) {
        @Nullable DeadlineList empty = null;
        for (int i = 0; i < lists.size(); i++) {
            DeadlineList list = lists.get(i);
            if (list.millis == millis) {
                return list;
            }
            if (list.first() == null) {
                empty = list;
            }
        }
        if (lists.size() >= KEPT_LISTS) {
            if (empty == null) {
                long coarse = coarser(millis);
                if (coarse != millis) {
                    return list(coarse);
                }
            } else {
                lists.remove(empty);
            }
        }
        DeadlineList made = new DeadlineList(millis);
        lists.add(made);
        return made;
    }

    /**
     * Up to 12 % later: clients may choose durations, and must not be able to make ever more lists.
     */
    private static long coarser(long millis) {
        long step = Math.max(1, Long.highestOneBit(millis) >> 3);
        return (millis + step - 1) / step * step;
    }

    private void watch(long expiresNanos, long nowNanos) {
        if (watchedNanos == Long.MAX_VALUE || expiresNanos - watchedNanos < 0) {
            if (watch != null) {
                watch.cancel(false);
            }
            watchedNanos = expiresNanos;
            watch =
                    eventLoop.schedule(
                            this, Math.max(0, expiresNanos - nowNanos), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void run() {
        long now = System.nanoTime();
        watchedNanos = Long.MAX_VALUE;
        watch = null;
        for (int i = 0; i < lists.size(); i++) {
            DeadlineList list = lists.get(i);
            Deadline head = list.first();
            while (head != null && head.expiresNanos - now <= 0) {
                list.remove(head);
                head.expired();
                head = list.first();
            }
        }
        for (int i = 0; i < lists.size(); i++) {
            Deadline head = lists.get(i).first();
            if (head != null) {
                watch(head.expiresNanos, now);
            }
        }
    }
}
