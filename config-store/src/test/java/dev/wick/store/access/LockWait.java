package dev.wick.store.access;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;

/** Waits for a thread until it waits itself. */
final class LockWait {

    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(60);

    private LockWait() {}

    /** Returns when the thread, which has started, waits for a lock or is over. */
    static void await(Thread thread) {
        long end = System.nanoTime() + MOST_NANOS;
        while (thread.isAlive() && !waits(thread) && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static boolean waits(Thread thread) {
        return LockSupport.getBlocker(thread) instanceof AbstractOwnableSynchronizer;
    }
}
