package dev.wick.store.keep;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** Who waits for a head to move. Locked by itself; any thread. */
final class Heads {

    private record Waiter(long revision, CompletableFuture<Boolean> future)
            implements Comparable<Waiter> {
        @Override
        public int compareTo(Waiter other) {
            return Long.compare(revision, other.revision);
        }
    }

    private final Map<String, PriorityQueue<Waiter>> waiters = new HashMap<>();
    private final List<HeadListener> listeners = new CopyOnWriteArrayList<>();
    private final Executor executor;

    /** Those who waited go on there. */
    Heads(Executor executor) {
        this.executor = executor;
    }

    /** Completes at once when {@code head} is far enough; else by {@link #moved}. */
    CompletableFuture<Boolean> await(String gateway, long revision, LongSupplier head) {
        CompletableFuture<Boolean> future = new CompletableFuture<>();
        synchronized (this) {
            if (head.getAsLong() < revision) {
                Waiter waiter = new Waiter(revision, future);
                waiters.computeIfAbsent(gateway, _ -> new PriorityQueue<>()).add(waiter);
                future.whenComplete((_, _) -> forget(gateway, waiter));
                return future;
            }
        }
        future.complete(true);
        return future;
    }

    /**
     * Called by the apply thread after the head moved. Listeners come first: they have heard when
     * the writer has its answer.
     */
    void moved(String gateway, long head) {
        for (HeadListener listener : listeners) {
            listener.moved(gateway, head);
        }
        synchronized (this) {
            PriorityQueue<Waiter> waiting = waiters.get(gateway);
            while (waiting != null && !waiting.isEmpty() && waiting.peek().revision <= head) {
                CompletableFuture<Boolean> future = waiting.remove().future;
                executor.execute(() -> future.complete(true));
            }
            removeEmpty(gateway);
        }
    }

    AutoCloseable listen(HeadListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private synchronized void forget(String gateway, Waiter waiter) {
        PriorityQueue<Waiter> waiting = waiters.get(gateway);
        if (waiting != null) {
            waiting.remove(waiter);
            removeEmpty(gateway);
        }
    }

    /** Whoever asks may name any gateway. */
    private void removeEmpty(String gateway) {
        waiters.computeIfPresent(gateway, (_, waiting) -> waiting.isEmpty() ? null : waiting);
    }

    /** For how many gateways somebody waits. */
    synchronized int awaited() {
        return waiters.size();
    }
}
