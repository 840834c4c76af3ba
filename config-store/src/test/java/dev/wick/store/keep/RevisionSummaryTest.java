package dev.wick.store.keep;

import static dev.wick.store.keep.KeepFolder.put;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.store.revision.Change;
import dev.wick.store.revision.Key;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RevisionSummaryTest {

    @TempDir Path folder;
    private final AtomicInteger read = new AtomicInteger();

    private final class CountingIndexer implements Indexer {

        private final Indexer indexer = new PlainIndexer();

        @Override
        public int version() {
            return indexer.version();
        }

        @Override
        public Index index(String gateway, Key key, byte[] document) {
            read.incrementAndGet();
            return indexer.index(gateway, key, document);
        }
    }

    @Test
    void ofAnOldRevisionItReadsTheKeysThatItTellsAndNoDocument() throws Exception {
        KeepSettings settings = KeepSettings.defaults().withCompactionBytes(0);
        try (KeepFolder store = new KeepFolder(folder, settings)) {
            store.with(new CountingIndexer()).reopen();
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                changes.add(put("VirtualHost", "h%03d".formatted(i), "domain * - h" + i + ".com"));
            }
            store.commit(changes.toArray(new Change[0]));
            check(store.keep().summary("g", 1, 100));
            awaitBase(store);
            store.reopen();
            read.set(0);

            check(store.keep().summary("g", 1, 100));
            assertEquals(0, store.keep().summary("g", 1, 0).record().changes().size());
            assertNull(store.keep().summary("g", 2, 100));

            assertEquals(0, read.get());
        }
    }

    private static void check(RevisionSummary summary) {
        assertEquals(300, summary.changes());
        assertEquals("tester", summary.record().author());
        assertEquals(100, summary.record().changes().size());
        assertEquals(
                new ChangedKey(new Key("VirtualHost", "h099"), 0, false),
                summary.record().changes().getLast());
        assertEquals(List.of(), summary.record().domains());
    }

    /** A base is written beside the commits. */
    private static void awaitBase(KeepFolder store) throws Exception {
        long end = System.nanoTime() + 20_000_000_000L;
        while (store.keep().state("g").base() == 0 && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertTrue(store.keep().state("g").base() > 0);
    }
}
