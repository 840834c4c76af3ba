package dev.wick.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Deadlines expire unless they were disarmed. */
class DeadlineTest {

    private final Loops loops = Loops.start(1);
    private final Loop loop = loops.loop(0);
    private final List<String> expired = new ArrayList<>();

    @AfterEach
    void stop() {
        loops.close();
    }

    @Test
    void thoseThatWereNotDisarmedExpire() throws Exception {
        CompletableFuture<String> all = new CompletableFuture<>();
        loop.execute(
                () -> {
                    loop.arm(new Named("c"), 120);
                    loop.arm(new Named("a"), 10);
                    loop.arm(new Named("b"), 60);
                    loop.arm(new Named("a2"), 10);
                    Named disarmed = new Named("never");
                    loop.arm(disarmed, 60);
                    disarmed.disarm();
                    assertFalse(disarmed.armed());
                    Named moved = new Named("moved");
                    loop.arm(moved, 10);
                    loop.arm(moved, 180);
                    loop.schedule(400, () -> all.complete(sorted()));
                });
        assertEquals("a a2 b c moved", all.get(10, TimeUnit.SECONDS));
    }

    @Test
    void manyDurationsExpireAllTheSame() throws Exception {
        CompletableFuture<String> all = new CompletableFuture<>();
        loop.execute(
                () -> {
                    for (int millis = 1; millis <= 300; millis++) {
                        loop.arm(new Named(""), millis);
                    }
                    loop.schedule(700, () -> all.complete(Integer.toString(expired.size())));
                });
        assertEquals("300", all.get(10, TimeUnit.SECONDS));
    }

    @Test
    void oneMayArmAnotherAsItExpires() throws Exception {
        CompletableFuture<Boolean> armedAgain = new CompletableFuture<>();
        loop.execute(
                () ->
                        loop.arm(
                                new Deadline() {
                                    private int times;

                                    @Override
                                    protected void expired() {
                                        if (++times == 3) {
                                            armedAgain.complete(true);
                                        } else {
                                            loop.arm(this, times);
                                        }
                                    }
                                },
                                1));
        assertTrue(armedAgain.get(10, TimeUnit.SECONDS));
    }

    private String sorted() {
        expired.sort(null);
        return String.join(" ", expired);
    }

    private final class Named extends Deadline {

        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        protected void expired() {
            expired.add(name);
        }
    }

    @Test
    void oneThatIsAsGoodAsNeverHoldsUpNoOther() throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        loop.execute(
                () -> {
                    loop.arm(
                            new Deadline() {
                                @Override
                                protected void expired() {
                                    first.complete("expired");
                                }
                            },
                            1);
                    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5);
                    while (System.nanoTime() < end) {
                        Thread.onSpinWait(); // until that is overdue
                    }
                    loop.arm(new Named("never"), 3_600_000L * 99_999_999);
                });
        assertEquals("expired", first.get(10, TimeUnit.SECONDS));
        assertEquals(List.of(), expired);
    }
}
