package dev.wick.store.keep.raft;

import static dev.wick.store.keep.KeepFolder.put;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.store.keep.Halt;
import dev.wick.store.keep.KeepFolder;
import dev.wick.store.keep.KeepSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data folders that are copied, moved, and put back. */
final class FolderOriginTest {

    @TempDir Path folder;

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(
                            file -> {
                                try {
                                    Files.delete(file);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
        }
    }

    private record Seen(String epoch, long head) {}

    private static Seen start(Path data, int commits) throws Exception {
        try (KeepFolder store = new KeepFolder(data, KeepSettings.defaults())) {
            for (int i = 0; i < commits; i++) {
                store.commit(put("Cluster", "c", "commit " + i));
            }
            return new Seen(store.keep().epoch(), store.keep().head("g"));
        }
    }

    @Test
    void anOlderCopyThatIsPutBackGetsAnotherEpochOnce() throws Exception {
        Path data = folder.resolve("data");
        Path backup = folder.resolve("backup");
        Seen first = start(data, 3);
        copy(data, backup);
        assertEquals(new Seen(first.epoch, 5), start(data, 2));
        delete(data);
        copy(backup, data);

        Seen putBack = start(data, 0);

        assertEquals(3, putBack.head);
        assertNotEquals(first.epoch, putBack.epoch);
        assertEquals(new Seen(putBack.epoch, 4), start(data, 1));
        assertEquals(new Seen(putBack.epoch, 4), start(data, 0));
    }

    @Test
    void theFileOfACopyThatWasMadeWhileItRanIsNotThatOfTheFolder() throws Exception {
        Path data = folder.resolve("data");
        Path origin = data.resolve("origin");
        String running;
        Seen first;
        try (KeepFolder store = new KeepFolder(data, KeepSettings.defaults())) {
            store.commit(put("Cluster", "c", "commit"));
            first = new Seen(store.keep().epoch(), store.keep().head("g"));
            running = Files.readString(origin);
        }
        assertEquals(first, start(data, 0));

        Files.writeString(origin, running);

        assertNotEquals(first.epoch, start(data, 0).epoch);
    }

    @Test
    void aFolderThatIsMovedKeepsItsEpoch() throws Exception {
        Path data = folder.resolve("data");
        Path moved = folder.resolve("moved");
        Seen first = start(data, 1);
        Files.move(data, moved);

        assertEquals(first, start(moved, 0));
    }

    @Test
    void whoTakesTheFileAwayGetsAnotherEpoch() throws Exception {
        Path data = folder.resolve("data");
        Seen first = start(data, 1);
        Files.delete(data.resolve("origin"));

        Seen anew = start(data, 0);

        assertEquals(1, anew.head);
        assertNotEquals(first.epoch, anew.epoch);
    }

    @Test
    void whatAnEarlierStartHasWrittenIsNotItsOwnInTheSamePlaceEither() throws Exception {
        FolderOrigin origin = new FolderOrigin(folder, Halt.process());
        Path file = folder.resolve("origin");
        assertFalse(origin.isOwn());
        origin.claim();
        assertTrue(origin.isOwn());
        String earlier = Files.readString(file);
        origin.claim();
        assertTrue(origin.isOwn());

        for (String said : List.of(earlier, "", "7 7")) {
            Files.writeString(file, said);
            assertFalse(origin.isOwn(), said);
        }
    }
}
