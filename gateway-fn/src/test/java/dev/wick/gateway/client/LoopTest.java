package dev.wick.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LoopTest {

    private final Loops loops = Loops.start(1);
    private final Loop loop = loops.loop(0);

    @AfterEach
    void stop() {
        loops.close();
    }

    @Test
    void aFlushThatFailsHoldsUpNoOther() throws Exception {
        AtomicInteger failing = new AtomicInteger();
        AtomicInteger good = new AtomicInteger();
        for (int round = 1; round <= 2; round++) {
            CompletableFuture<Void> flushed = new CompletableFuture<>();
            loop.execute(
                    () -> {
                        loop.beginBatch();
                        loop.flushLater(
                                () -> {
                                    failing.incrementAndGet();
                                    throw new IllegalStateException("a fault");
                                });
                        loop.flushLater(
                                () -> {
                                    good.incrementAndGet();
                                    flushed.complete(null);
                                });
                        loop.endBatch();
                    });
            flushed.get(10, TimeUnit.SECONDS);
            assertEquals(round, good.get());
            assertEquals(round, failing.get());
        }
    }
}
