package dev.wick.store.rest;

import dev.wick.store.follow.Feed;
import dev.wick.store.follow.Told;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A feed as a stream of server-sent events: asked for the next thing when the connection has taken
 * the last, and holding no thread between. Subscribed to once.
 */
final class FeedStream implements Flow.Publisher<OutboundSseEvent> {

    private final Feed feed;
    private final Executor executor;
    private final BooleanSupplier allowed;
    private final Function<Told, OutboundSseEvent> print;

    /**
     * @param allowed asked before each event, and every few seconds: the stream ends when it says
     *     no
     * @param executor runs what polls the feed, which may read the disk
     */
    FeedStream(
            Feed feed,
            BooleanSupplier allowed,
            Executor executor,
            Function<Told, OutboundSseEvent> print) {
        this.feed = feed;
        this.allowed = allowed;
        this.executor = executor;
        this.print = print;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super OutboundSseEvent> subscriber) {
        Taking taking = new Taking(subscriber);
        feed.whenReady(taking::look);
        subscriber.onSubscribe(taking);
        taking.look();
    }

    private final class Taking implements Flow.Subscription {

        private final Flow.Subscriber<? super OutboundSseEvent> subscriber;
        private final AtomicLong requested = new AtomicLong();

        /** How many looks were asked for since the last one began; who makes it 1 looks. */
        private final AtomicInteger looks = new AtomicInteger();

        private volatile boolean over;

        Taking(Flow.Subscriber<? super OutboundSseEvent> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            requested.accumulateAndGet(n, (have, more) -> Math.max(have + more, 0));
            look();
        }

        @Override
        public void cancel() {
            over = true;
            feed.close();
        }

        void look() {
            if (!over && looks.getAndIncrement() == 0) {
                executor.execute(this::take);
            }
        }

        private void take() {
            int seen;
            do {
                seen = looks.get();
                try {
                    takeAll();
                } catch (RuntimeException e) {
                    end(e);
                }
            } while (looks.addAndGet(-seen) != 0);
        }

        private void takeAll() {
            boolean allow = allowed.getAsBoolean();
            while (!over && allow && requested.get() > 0) {
                Told told = feed.poll();
                if (told == null) {
                    break;
                }
                requested.decrementAndGet();
                subscriber.onNext(print.apply(told));
            }
            if (!over && (!allow || feed.ended())) {
                over = true;
                feed.close();
                subscriber.onComplete();
            }
        }

        private void end(RuntimeException e) {
            if (!over) {
                over = true;
                feed.close();
                subscriber.onError(e);
            }
        }
    }
}
