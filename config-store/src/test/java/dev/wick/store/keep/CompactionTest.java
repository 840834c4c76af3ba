package dev.wick.store.keep;

import static dev.wick.store.keep.KeepFolder.put;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.store.revision.Change;
import dev.wick.store.revision.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CompactionTest {

    private static final KeepSettings OFTEN =
            KeepSettings.defaults().withCompactionBytes(30_000).withRevisions(25);

    @TempDir Path folder;

    /** Hosts with a domain that wanders and a cluster, so that all three views move. */
    private static final class Model {
        final TreeMap<String, String> hosts = new TreeMap<>();
        final Random random;

        Model(long seed) {
            random = new Random(seed);
        }

        List<Change> next() {
            TreeMap<String, Change> changes = new TreeMap<>();
            for (int i = random.nextInt(12) + 1; i > 0; i--) {
                String name = "h" + random.nextInt(150);
                if (changes.containsKey(name)) {
                    continue;
                }
                if (hosts.containsKey(name) && random.nextInt(4) == 0) {
                    hosts.remove(name);
                    changes.put(name, Change.delete("VirtualHost", name));
                } else {
                    String text =
                            "domain * - %s-%d.com\nrefers Cluster c%d\n%s"
                                    .formatted(
                                            name,
                                            random.nextInt(3),
                                            random.nextInt(5),
                                            "x".repeat(random.nextInt(300)));
                    hosts.put(name, text);
                    changes.put(name, put("VirtualHost", name, text));
                }
            }
            return List.copyOf(changes.values());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void nothingChangesForReadersWhenBasesAreWritten(long seed) throws Exception {
        Model model = new Model(seed);
        try (KeepFolder store = new KeepFolder(folder, OFTEN)) {
            for (int round = 0; round < 120; round++) {
                Map<String, String> before = new TreeMap<>(model.hosts);
                try (Pin pin = store.keep().pin("g")) {
                    pin.renew(Duration.ofMinutes(1));
                    for (int i = 0; i < 3; i++) {
                        store.commit(model.next().toArray(new Change[0]));
                    }
                    assertEquals(before, KeepFolder.all(pin, "VirtualHost"));
                }
                if (round % 20 == 19) {
                    store.reopen();
                    check(store, model);
                }
            }
            awaitBase(store);
            check(store, model);
            store.with(new PlainIndexer(2)).reopen();
            check(store, model);
        }
    }

    /** Views that lie in a base file under another version of the indexer are built anew. */
    private static void check(KeepFolder store, Model model) {
        try (Pin pin = store.keep().pin("g")) {
            assertEquals(model.hosts, KeepFolder.all(pin, "VirtualHost"));
            TreeMap<String, Integer> references = new TreeMap<>();
            model.hosts.forEach(
                    (name, text) -> {
                        String[] lines = text.split("\n");
                        references.merge(lines[1].split(" ")[2], 1, Integer::sum);
                        String domain = lines[0].split(" ")[3];
                        assertEquals(name, pin.domain(new DomainKey("*", "", domain)));
                        String other = name + "-" + (domain.contains("-0") ? 1 : 0) + ".com";
                        assertNull(pin.domain(new DomainKey("*", "", other)));
                    });
            for (int i = 0; i < 5; i++) {
                assertEquals(
                        references.getOrDefault("c" + i, 0),
                        pin.references(new Key("Cluster", "c" + i)));
            }
        }
    }

    /** A base is written beside the commits: the last one may still be under way. */
    private static void awaitBase(KeepFolder store) throws Exception {
        long end = System.nanoTime() + 20_000_000_000L;
        while (store.keep().state("g").base() == 0 && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertTrue(store.keep().state("g").base() > 0);
    }

    @Test
    void historyIsBoundedAndWhatIsInBoundsIsWhole() throws Exception {
        Model model = new Model(3);
        List<Map<String, String>> states = new ArrayList<>();
        states.add(Map.of());
        try (KeepFolder store = new KeepFolder(folder, OFTEN)) {
            for (int i = 0; i < 150; i++) {
                store.commit(model.next().toArray(new Change[0]));
                states.add(new TreeMap<>(model.hosts));
            }
            for (int again = 0; again < 2; again++) {
                assertEquals(126, store.keep().oldestRevision("g"));
                assertNull(store.keep().revision("g", 125));
                assertNull(store.keep().changes("g", 125));
                assertNotNull(store.keep().revision("g", 126));
                assertEquals(states.get(125), walkBack(store, states.get(150)));
                store.reopen();
            }
            awaitBase(store);
            store.commit(model.next().toArray(new Change[0]));
            awaitFewFiles(store);
        }
    }

    /** Undoes the newest 25 revisions by what their bundles say was before. */
    private static Map<String, String> walkBack(KeepFolder store, Map<String, String> head) {
        TreeMap<String, String> state = new TreeMap<>(head);
        for (long revision = 150; revision > 125; revision--) {
            for (RecordedChange change : store.keep().changes("g", revision)) {
                if (change.before() == null) {
                    state.remove(change.key().name());
                } else {
                    state.put(change.key().name(), new String(change.before()));
                }
            }
        }
        return state;
    }

    private void awaitFewFiles(KeepFolder store) throws Exception {
        long end = System.nanoTime() + 20_000_000_000L;
        long most = 25 + 8 + 10;
        long files = Long.MAX_VALUE;
        while (files > most && System.nanoTime() < end) {
            try (Stream<Path> all = Files.list(folder.resolve("bundles"))) {
                files = all.count();
            }
            Thread.sleep(20);
        }
        assertTrue(files <= most, files + " files for 25 revisions");
        assertEquals(151, store.keep().head("g"));
    }

    @Test
    void whatIsOlderThanItMayBeGoesWhenSomethingNewComes() throws Exception {
        Model model = new Model(5);
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2030-01-01T00:00:00Z"));
        KeepSettings month =
                KeepSettings.defaults().withHistoryAge(Duration.ofDays(30), ticking(now));
        try (KeepFolder store = new KeepFolder(folder, month)) {
            for (int day = 0; day < 40; day++) {
                store.commit(model.next().toArray(new Change[0]));
                now.updateAndGet(time -> time.plus(Duration.ofDays(1)));
            }
            Map<String, String> before = new TreeMap<>(model.hosts);
            now.updateAndGet(time -> time.plus(Duration.ofDays(10)));

            store.commit(put("Cluster", "c", "new"));
            awaitOldest(store, 21);

            assertNull(store.keep().changes("g", 20));
            assertNotNull(store.keep().changes("g", 21));
            store.reopen();
            assertEquals(21, store.keep().oldestRevision("g"));
            try (Pin pin = store.keep().pin("g")) {
                assertEquals(before, KeepFolder.all(pin, "VirtualHost"));
            }
        }
    }

    private static Clock ticking(AtomicReference<Instant> now) {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
    }

    private static void awaitOldest(KeepFolder store, long oldest) throws Exception {
        long end = System.nanoTime() + 20_000_000_000L;
        while (store.keep().oldestRevision("g") != oldest && System.nanoTime() < end) {
            Thread.sleep(20); // no event tells of a compaction
        }
        assertEquals(oldest, store.keep().oldestRevision("g"));
    }

    @Test
    void filesThatAReaderNeedsStayUntilItIsDone() throws Exception {
        Model model = new Model(4);
        try (KeepFolder store = new KeepFolder(folder, OFTEN)) {
            store.commit(model.next().toArray(new Change[0]));
            Map<String, String> first = new TreeMap<>(model.hosts);
            try (Pin pin = store.keep().pin("g")) {
                pin.renew(Duration.ofMinutes(1));
                for (int i = 0; i < 100; i++) {
                    store.commit(model.next().toArray(new Change[0]));
                }
                awaitBase(store);
                assertEquals(first, KeepFolder.all(pin, "VirtualHost"));
            }
        }
    }
}
