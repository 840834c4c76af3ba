package dev.wick.e2e;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Child;
import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Folder;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Wick;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a store that was killed makes of a data folder in which something is wrong. */
class DamagedFolderTest {

    private static final int REVISIONS = 5;

    @Test
    void a_torn_tail_and_garbage_are_dropped_and_a_damage_below_stops_the_start()
            throws IOException {
        try (Store store = Store.start()) {
            for (int i = 1; i <= REVISIONS; i++) {
                store.gateway("g").apply(Documents.cluster("c" + i, i));
            }
            store.kill9();
            Path entries = store.data().resolve("log/entries");
            Path bundles = store.data().resolve("bundles");

            Files.write(entries, new byte[] {0, 0, 0, 9, 1, 2, 3}, StandardOpenOption.APPEND);
            Path unfinished = Files.write(bundles.resolve("unfinished-x"), new byte[100]);
            Files.write(bundles.resolve("a".repeat(64)), "no bundle".getBytes());
            Files.writeString(store.data().resolve("lock"), "not a process");
            Files.createDirectories(store.data().resolve("something/else"));
            store.restart();
            assertWhole(store);
            assertFalse(Files.exists(unfinished));
            store.kill9();

            byte[] whole = Files.readAllBytes(entries);
            Files.write(entries, Arrays.copyOf(whole, whole.length - 3));
            assertRefused(store, "were committed");
            Files.write(entries, whole);

            Path bundle = largestOf(bundles);
            byte[] intact = Files.readAllBytes(bundle);
            byte[] flipped = intact.clone();
            flipped[intact.length / 2] ^= 1;
            Files.write(bundle, flipped);
            assertRefused(store, "bundle of revision");
            Files.write(bundle, Arrays.copyOf(intact, intact.length / 2));
            assertRefused(store, "bundle of revision");
            Files.delete(bundle);
            assertRefused(store, " is missing");
            Files.write(bundle, intact);

            store.restart();
            assertWhole(store);
        }
    }

    @Test
    void a_data_folder_that_is_a_file_is_a_sentence() {
        try (Folder folder = Folder.temporary("file")) {
            Path file = folder.write("data", "");
            try (Child child =
                    Wick.command(
                            folder.path(),
                            Map.of(),
                            "store",
                            "--data",
                            file.toString(),
                            "--api",
                            "127.0.0.1:0")) {
                assertEquals(1, child.awaitEnd(), child::output);
                assertEquals(
                        List.of(
                                "wick store: data folder %s cannot be opened: %s is a file (expected: a folder)"
                                        .formatted(file, file)),
                        child.lines());
            }
        }
    }

    private static void assertWhole(Store store) {
        StoreApi api = store.gateway("g");
        api.get("").then().body("revision", equalTo(REVISIONS));
        for (int i = 1; i <= REVISIONS; i++) {
            api.get("/Cluster/c" + i).then().statusCode(200);
        }
    }

    private static void assertRefused(Store store, String sentence) {
        Child attempt = store.attempt();
        assertEquals(1, attempt.awaitEnd(), attempt::output);
        List<String> lines = attempt.lines();
        assertTrue(attempt.output().contains(sentence), attempt::output);
        assertEquals(1, lines.size(), attempt::output);
    }

    /** Any will do. */
    private static Path largestOf(Path bundles) throws IOException {
        try (Stream<Path> files = Files.list(bundles)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("aaaa"))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }
}
