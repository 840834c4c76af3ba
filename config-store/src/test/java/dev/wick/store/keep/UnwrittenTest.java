package dev.wick.store.keep;

import static dev.wick.store.keep.KeepFolder.put;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wick.store.revision.Change;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which failures say that nothing was changed. */
final class UnwrittenTest {

    @TempDir Path folder;
    KeepFolder store;

    @BeforeEach
    void open() throws Exception {
        store = new KeepFolder(folder, KeepSettings.defaults());
        store.commit(put("Cluster", "c", "1"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private CompletionException failure(Change change) {
        Proposal proposal = new Proposal(1, "r", "me", "", List.of(change));
        return assertThrows(
                CompletionException.class,
                () -> store.keep().commit("g", proposal).toCompletableFuture().join());
    }

    @Test
    void aBundleThatCanNotBeWrittenChangedNothing() throws Exception {
        Path bundles = folder.resolve("bundles");
        Path away = folder.resolve("away");
        Files.move(bundles, away);

        assertNotNull(Unwritten.in(failure(put("Cluster", "d", "1"))));

        Files.move(away, bundles);
        assertEquals(2, store.commit(put("Cluster", "d", "1")));
    }

    @Test
    void aBaseThatCanNotBeReadIsAnotherFailure() throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve("bundles"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }

        assertNull(Unwritten.in(failure(put("Cluster", "c", "2"))));
    }
}
