package dev.wick.store.keep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class HeadsTest {

    private final Heads heads = new Heads(Runnable::run);

    @Test
    void nothingIsKeptOfAGatewayForWhichNobodyWaitsAnyMore() {
        CompletableFuture<Boolean> comes = heads.await("a", 1, () -> 0);
        CompletableFuture<Boolean> later = heads.await("a", 2, () -> 0);
        CompletableFuture<Boolean> givesUp = heads.await("b", 1, () -> 0);
        assertEquals(2, heads.awaited());

        heads.moved("a", 1);
        assertTrue(comes.isDone());
        assertEquals(2, heads.awaited());
        heads.moved("a", 2);
        givesUp.complete(false);

        assertTrue(later.isDone());
        assertEquals(0, heads.awaited());
    }
}
