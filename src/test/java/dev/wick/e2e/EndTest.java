package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Store;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** SIGTERM at moments at which an instance is not whole yet. */
class EndTest {

    private static final int TIMES = 6;

    /** 128 + SIGTERM, or 0 where the instance had no time to see that it was a signal. */
    private static final Set<Integer> GOOD = Set.of(0, 143);

    @Test
    void an_instance_ends_at_whatever_moment_of_its_start_it_is_told_to() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Store store = Store.shared();
        store.gateway("end").apply(Documents.listener() + Documents.saying("a", "a.test", "a"));
        try (Gateway gateway = Gateway.start(store, "end")) {
            for (int i = 0; i < TIMES; i++) {
                boolean asked = i % 2 == 1;
                if (asked) {
                    gateway.get("a.test", "/");
                }
                int pause = random.nextInt(400);
                // The moment is what is tried: Quarkus starts behind the first request.
                TimeUnit.MILLISECONDS.sleep(pause);
                int status = gateway.process().stop();
                assertTrue(
                        GOOD.contains(status),
                        () -> "ended with " + status + " after " + pause + " ms, seed " + seed);
                gateway.restart();
            }
        }
    }
}
