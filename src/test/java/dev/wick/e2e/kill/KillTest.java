package dev.wick.e2e.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * {@code kill -9} of the store at random moments, under writers and readers: nothing acknowledged
 * is missing, nothing is decided twice, nobody sees half a bundle, and the same request id gives
 * the same revision, once.
 *
 * <p>{@code -Dwick.kill.rounds=N} (default 5) and {@code -Dwick.kill.seed=N} (default random,
 * printed) make it long and repeatable.
 */
class KillTest {

    private static final int ROUNDS = Integer.getInteger("wick.kill.rounds", 5);
    private static final long SEED = Long.getLong("wick.kill.seed", System.nanoTime());
    private static final int WRITERS = 4;

    private final Random random = new Random(SEED);
    private final Map<Long, String> decided = new HashMap<>();
    private final Map<String, Long> revisions = new HashMap<>();
    private final AtomicInteger sequences = new AtomicInteger();
    private long won;
    private long lost;
    private long unknown;
    private long unknownStored;
    private long judged;

    @Test
    @Timeout(value = 12, unit = TimeUnit.HOURS)
    void kill_9_at_any_moment_loses_nothing_acknowledged_and_shows_nothing_half_done()
            throws Exception {
        System.out.println("kill: " + ROUNDS + " rounds, seed " + SEED);
        try (Store store = Store.start()) {
            for (int round = 1; round <= ROUNDS; round++) {
                round(store);
                System.out.printf(
                        "kill: round %d: %d won, %d lost, %d unknown (%d of them stored), %d revisions%n",
                        round, won, lost, unknown, unknownStored, judged);
            }
        }
        assertTrue(won > 0, "nothing was ever acknowledged");
    }

    private void round(Store store) throws Exception {
        AtomicBoolean on = new AtomicBoolean(true);
        List<Writer> writers = new ArrayList<>();
        Reader reader = new Reader(store, on);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                Writer writer = new Writer(store, i, sequences, on);
                writers.add(writer);
                running.add(executor.submit(writer::run));
            }
            running.add(executor.submit(reader::run));
            for (int kills = 1 + random.nextInt(2); kills > 0; kills--) {
                TimeUnit.MILLISECONDS.sleep(50 + random.nextInt(1_950));
                store.kill9();
                store.restart();
            }
            TimeUnit.MILLISECONDS.sleep(random.nextInt(200));
            on.set(false);
            for (Future<?> one : running) {
                one.get();
            }
        }
        assertEquals(List.of(), reader.complaints());
        judge(store, writers);
    }

    private void judge(Store store, List<Writer> writers) {
        StoreApi api = store.gateway("kill");
        readRevisions(api);
        for (Writer writer : writers) {
            for (Attempt attempt : writer.attempts()) {
                judge(attempt);
            }
        }
        for (Writer writer : writers) {
            againGivesTheSame(api, writer);
            writer.close();
        }
        readRevisions(api);
    }

    private void judge(Attempt attempt) {
        Long stored = revisions.get(attempt.requestId());
        switch (attempt.told()) {
            case WON -> {
                won++;
                assertEquals(
                        attempt.revision(),
                        stored,
                        () ->
                                "acknowledged, and missing: %s; that revision is %s, the head %d"
                                        .formatted(
                                                attempt, decided.get(attempt.revision()), judged));
            }
            case LOST -> {
                lost++;
                assertEquals(null, stored, () -> "told lost, and stored: " + attempt);
            }
            case UNKNOWN -> {
                unknown++;
                unknownStored += stored == null ? 0 : 1;
            }
        }
    }

    /** The last acknowledged and the unknown ones, sent once more under their ids. */
    private void againGivesTheSame(StoreApi api, Writer writer) {
        List<Attempt> attempts = writer.attempts();
        List<Attempt> again =
                new ArrayList<>(
                        attempts.stream()
                                .filter(a -> a.told() == Attempt.Told.UNKNOWN)
                                .limit(20)
                                .toList());
        attempts.stream()
                .filter(a -> a.told() == Attempt.Told.WON)
                .reduce((first, second) -> second)
                .ifPresent(again::add);
        for (Attempt attempt : again) {
            Long stored = revisions.get(attempt.requestId());
            int status = api.get("/requests/" + attempt.requestId()).statusCode();
            assertEquals(stored == null ? 404 : 200, status, attempt::toString);
            Attempt second = writer.send(attempt.requestId(), attempt.sequence(), null);
            assertEquals(Attempt.Told.WON, second.told(), attempt::toString);
            if (stored != null) {
                assertEquals(stored, second.revision(), () -> "decided twice: " + attempt);
            }
        }
    }

    /**
     * Every revision has one request, every request one revision, no number is left out, and what
     * was read before stays.
     */
    private void readRevisions(StoreApi api) {
        Map<Long, String> now = new HashMap<>();
        String before = "";
        long head = -1;
        while (true) {
            JsonPath page =
                    new JsonPath(api.get("/revisions?limit=500" + before).body().asString());
            head = head < 0 ? page.getLong("revision") : head;
            List<Map<String, Object>> list = page.getList("revisions");
            for (Map<String, Object> revision : list) {
                long n = ((Number) revision.get("revision")).longValue();
                String id = String.valueOf(revision.get("requestId"));
                assertEquals(null, now.put(n, id), () -> "revision " + n + " is listed twice");
                Long other = revisions.put(id, n);
                assertTrue(
                        other == null || other == n,
                        () -> id + " is revision " + other + " and " + n);
            }
            if (page.get("next") == null || now.containsKey(judged + 1)) {
                break;
            }
            before = "&before=" + page.get("next");
        }
        for (long n = judged + 1; n <= head; n++) {
            assertTrue(now.containsKey(n), "revision " + n + " of " + head + " is missing");
        }
        now.forEach(
                (n, id) -> {
                    String was = decided.put(n, id);
                    assertTrue(
                            was == null || was.equals(id),
                            () -> n + " was " + was + " and is " + id);
                });
        judged = head;
    }
}
