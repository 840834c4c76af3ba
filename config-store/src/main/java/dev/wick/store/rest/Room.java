package dev.wick.store.rest;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many bytes of bodies may be in the memory at once, from when they are announced to when they
 * are answered. Who comes first gets room first. What is small has some of its own, so that it does
 * not wait behind what is large. Any thread.
 */
final class Room {

    private static final int SMALL = 64 << 10;

    /** Of the room that there is; the rest is for what is larger. */
    private static final int SHARE_OF_SMALL = 4;

    private final Semaphore small;
    private final Semaphore large;
    private final int mostSmall;
    private final int mostLarge;
    private final long patienceMillis;

    /**
     * @param patienceMillis how long who finds none waits for it
     */
    Room(long bytes, long patienceMillis) {
        mostSmall = units(Math.max(SMALL, bytes / SHARE_OF_SMALL));
        mostLarge = units(Math.max(SMALL, bytes - bytes / SHARE_OF_SMALL));
        small = new Semaphore(mostSmall, true);
        large = new Semaphore(mostLarge, true);
        this.patienceMillis = patienceMillis;
    }

    /** A semaphore counts no further than an int. */
    private static int units(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(bytes, 1_024L));
    }

    /**
     * For one body.
     *
     * @param bytes how large it will be at least
     */
    Place place(long bytes) {
        return bytes <= SMALL ? new Place(small, mostSmall) : new Place(large, mostLarge);
    }

    /** The room that one body has. Any thread. */
    final class Place implements AutoCloseable {

        private final Semaphore from;
        private final int most;
        private int held;
        private boolean closed;

        private Place(Semaphore from, int most) {
            this.from = from;
            this.most = most;
        }

        /**
         * Waits for room for so many bytes more; false: there is none in time. One body that takes
         * all the room there is has enough, however large it is: then it is alone.
         */
        boolean grow(long bytes) {
            int wanted = Math.min(units(bytes), most - held());
            try {
                if (!from.tryAcquire(wanted, patienceMillis, TimeUnit.MILLISECONDS)) {
                    return false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            keep(wanted);
            return true;
        }

        private synchronized int held() {
            return held;
        }

        private synchronized void keep(int units) {
            if (closed) { // while it waited
                from.release(units);
            } else {
                held += units;
            }
        }

        /** Gives it back. */
        @Override
        public synchronized void close() {
            closed = true;
            from.release(held);
            held = 0;
        }
    }
}
