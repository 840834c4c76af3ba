package dev.wick.store.keep.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.store.keep.Keep;
import dev.wick.store.keep.KeepSettings;
import dev.wick.store.keep.MapBlocks;
import dev.wick.store.keep.Pin;
import dev.wick.store.keep.PlainIndexer;
import dev.wick.store.keep.Proposal;
import dev.wick.store.keep.RecordedChange;
import dev.wick.store.keep.RevisionRecord;
import dev.wick.store.keep.Stored;
import dev.wick.store.revision.Outcome;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a store while it is written to, again and again, and asks afterwards for every promise it
 * gave.
 */
final class KillTest {

    private static final int KILLS = Integer.getInteger("wick.kills", 6);

    @TempDir Path folder;

    private final Map<String, Long> won = new HashMap<>();
    private final Set<String> lost = new HashSet<>();
    private final Set<String> open = new HashSet<>();

    @Test
    void whatWasAcknowledgedIsThereOnceAndNothingIsHalfDone() throws Exception {
        long seed = Long.getLong("wick.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int kill = 0; kill < KILLS; kill++) {
            runAndKill(150 + random.nextInt(600));
        }
        assertTrue(won.size() > KILLS, "seed " + seed + ": only " + won.size() + " commits");
        try (Keep keep =
                DataFolder.open(
                        folder,
                        KeepSettings.defaults().withRevisions(100_000),
                        new PlainIndexer(),
                        new MapBlocks())) {
            Map<String, Long> stored = checkRevisions(keep);
            won.forEach((id, revision) -> assertEquals(revision, stored.get(id), id));
            lost.forEach(id -> assertNull(stored.get(id), id));
            checkUnknown(keep, stored);
            System.out.println(
                    "%d kills (seed %d): %d won, %d lost, %d open of which %d were stored"
                            .formatted(
                                    KILLS,
                                    seed,
                                    won.size(),
                                    lost.size(),
                                    open.size(),
                                    open.stream().filter(stored::containsKey).count()));
        }
    }

    private void runAndKill(int millis) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KillableStore.class.getName(),
                                folder.toString())
                        .redirectError(new File("/dev/null"))
                        .start();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                process.getInputStream(), StandardCharsets.US_ASCII))) {
            String ready = lines.readLine();
            assertNotNull(ready, "the store did not start");
            assertTrue(ready.startsWith("ready "), ready);
            Thread killer =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        sleep(millis);
                                        // Not the process' own method: it closes the pipe
                                        // before what was said is read.
                                        process.toHandle().destroyForcibly();
                                    });
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                hear(line.split(" "));
            }
            killer.join();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hear(String[] words) {
        switch (words[0]) {
            case "try" -> open.add(words[1]);
            case "won" -> {
                open.remove(words[1]);
                won.put(words[1], Long.valueOf(words[2]));
            }
            case "lost" -> {
                open.remove(words[1]);
                lost.add(words[1]);
            }
            case "unknown" -> {}
            default -> throw new AssertionError(String.join(" ", words));
        }
    }

    /** Every revision is whole, and no request is in two. Returns the revision of each request. */
    private static Map<String, Long> checkRevisions(Keep keep) {
        Map<String, Long> stored = new HashMap<>();
        String before = null;
        for (long revision = 1; revision <= keep.head("g"); revision++) {
            RevisionRecord record = keep.revision("g", revision);
            List<RecordedChange> changes = keep.changes("g", revision);
            assertNotNull(record, "revision " + revision);
            assertNull(stored.put(record.requestId(), revision), record.requestId());
            assertEquals(KillableStore.DOCUMENTS, changes.size());
            for (RecordedChange change : changes) {
                assertTrue(text(change.after()).endsWith(record.requestId()));
                assertTrue(before == null || text(change.before()).endsWith(before));
                assertEquals(revision - 1, change.beforeRevision());
            }
            before = record.requestId();
        }
        return stored;
    }

    /** The same request id again: the revision it had, or a new one, and the same from then on. */
    private void checkUnknown(Keep keep, Map<String, Long> stored) {
        for (String id : open) {
            Long had = stored.get(id);
            long base = keep.head("g");
            Proposal again = new Proposal(base, id, "w", "", KillableStore.bundle(id));
            Outcome first = keep.commit("g", again).toCompletableFuture().join();
            assertEquals(new Outcome.Committed(had == null ? base + 1 : had), first);
            assertEquals(first, keep.commit("g", again).toCompletableFuture().join());
        }
        try (Pin pin = keep.pin("g")) {
            List<Stored> rows = pin.page("VirtualHost", null, 100);
            assertEquals(KillableStore.DOCUMENTS, rows.size());
            assertEquals(1, rows.stream().map(Stored::revision).distinct().count());
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
