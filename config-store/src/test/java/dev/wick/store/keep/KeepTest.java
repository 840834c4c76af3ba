package dev.wick.store.keep;

import static dev.wick.store.keep.KeepFolder.put;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.store.revision.Change;
import dev.wick.store.revision.Key;
import dev.wick.store.revision.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeepTest {

    @TempDir Path folder;
    KeepFolder store;

    @BeforeEach
    void open() throws Exception {
        store = new KeepFolder(folder, KeepSettings.defaults());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatIsCommittedIsReadByWhoeverHasTheAnswer() throws Exception {
        assertEquals(1, store.commit(put("VirtualHost", "a", "one"), put("Cluster", "a", "c")));
        assertEquals(2, store.commit(put("VirtualHost", "a", "two")));
        assertEquals("two", store.read("VirtualHost", "a"));
        assertEquals("c", store.read("Cluster", "a"));
        assertNull(store.read("VirtualHost", "b"));
        assertEquals(Set.of("g"), store.keep().gateways());
    }

    @Test
    void whatWasCommittedIsThereAfterARestart() throws Exception {
        store.commit(put("VirtualHost", "a", "domain * - a.com\nrefers Cluster c"));
        store.commit(put("VirtualHost", "b", "domain web x *.b.com"), put("Cluster", "c", "c"));
        String epoch = store.keep().epoch();
        store.reopen();
        assertEquals(epoch, store.keep().epoch());
        assertEquals(2, store.keep().head("g"));
        assertEquals("c", store.read("Cluster", "c"));
        try (Pin pin = store.keep().pin("g")) {
            assertEquals("a", pin.domain(new DomainKey("*", "", "a.com")));
            assertArrayEquals(new int[] {6}, pin.wildcards("web", "x").suffixes());
            assertEquals(1, pin.references(new Key("Cluster", "c")));
        }
        assertEquals(3, store.commit(put("Cluster", "c", "again")));
    }

    @Test
    void tenThousandHostsAreOneRevision() throws Exception {
        Change[] changes = new Change[10_000];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = put("VirtualHost", "h" + i, "domain * - h" + i + ".com\nrefers Cluster c");
        }
        assertEquals(1, store.commit(changes));
        assertEquals(2, store.commit(put("Cluster", "c", "shared")));
        store.reopen();
        try (Pin pin = store.keep().pin("g")) {
            assertEquals("h9999", pin.domain(new DomainKey("*", "", "h9999.com")));
            assertEquals(10_000, pin.references(new Key("Cluster", "c")));
            assertEquals(10_000, KeepFolder.all(pin, "VirtualHost").size());
        }
    }

    @Test
    void ofManyWritersWithTheSameBaseExactlyOneWins() throws Exception {
        for (int round = 0; round < 5; round++) {
            long base = store.keep().head("g");
            List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Proposal proposal =
                        new Proposal(
                                base,
                                "r" + round + "-" + i,
                                "me",
                                "",
                                List.of(put("Cluster", "c", "by " + i)));
                outcomes.add(store.keep().commit("g", proposal).toCompletableFuture());
            }
            long won = 0;
            for (CompletableFuture<Outcome> outcome : outcomes) {
                won += outcome.get(30, TimeUnit.SECONDS) instanceof Outcome.Committed ? 1 : 0;
            }
            assertEquals(1, won);
            assertEquals(base + 1, store.keep().head("g"));
        }
    }

    @Test
    void theLosersBundlesAreRemoved() throws Exception {
        ofManyWritersWithTheSameBaseExactlyOneWins();
        try (Stream<Path> files = Files.list(folder.resolve("bundles"))) {
            assertEquals(5, files.count());
        }
    }

    @Test
    void theSameRequestAgainIsTheSameRevisionAlsoAfterARestart() throws Exception {
        assertEquals(new Outcome.Committed(1), store.propose(0, "req", put("Cluster", "c", "one")));
        assertEquals(new Outcome.Committed(1), store.propose(0, "req", put("Cluster", "c", "one")));
        store.reopen();
        assertEquals(new Outcome.Committed(1), store.propose(1, "req", put("Cluster", "c", "one")));
        assertEquals(new Outcome.Committed(1), store.keep().outcome("g", "req"));
        assertNull(store.keep().outcome("g", "other"));
        assertEquals(1, store.keep().head("g"));
    }

    @Test
    void aCommitOnAnOldBaseIsLostAndSaysWhatTheHeadIs() throws Exception {
        store.commit(put("Cluster", "c", "one"));
        assertEquals(new Outcome.Lost(1), store.propose(0, "x", put("Cluster", "c", "two")));
        assertEquals(new Outcome.Lost(1), store.propose(7, "y", put("Cluster", "c", "two")));
    }

    @Test
    void aPinReadsItsRevisionWhateverIsCommittedMeanwhile() throws Exception {
        store.commit(put("VirtualHost", "a", "domain * - a.com"), put("Cluster", "c", "old"));
        try (Pin pin = store.keep().pin("g")) {
            store.commit(Change.delete("VirtualHost", "a"), put("Cluster", "c", "new"));
            store.commit(put("VirtualHost", "b", "domain * - a.com"), put("Cluster", "d", "new"));
            assertEquals("old", KeepFolder.text(pin.document(new Key("Cluster", "c"))));
            assertEquals("a", pin.domain(new DomainKey("*", "", "a.com")));
            assertEquals(1, pin.page("Cluster", null, 10).size());
            assertTrue(pin.exists(new Key("VirtualHost", "a")));
            assertFalse(pin.exists(new Key("VirtualHost", "b")));
        }
        try (Pin pin = store.keep().pin("g")) {
            assertEquals("b", pin.domain(new DomainKey("*", "", "a.com")));
            assertNull(pin.document(new Key("VirtualHost", "a")));
            assertEquals(
                    List.of(
                            new Key("Cluster", "c"),
                            new Key("Cluster", "d"),
                            new Key("VirtualHost", "b")),
                    pin.keys(null, 10));
        }
    }

    @Test
    void aLaterPageFindsTheRevisionOfTheFirst() throws Exception {
        store.commit(put("Cluster", "a", "1"), put("Cluster", "b", "1"));
        Pin first = store.keep().pin("g");
        first.renew(Duration.ofSeconds(30));
        first.close();
        store.commit(put("Cluster", "b", "2"));
        try (Pin second = store.keep().pin("g", 1)) {
            assertEquals("1", KeepFolder.text(second.page("Cluster", "a", 1).getFirst()));
        }
        assertNull(store.keep().pin("g", 7));
    }

    @Test
    void aRevisionThatNobodyHoldsIsGoneForReaders() throws Exception {
        store.commit(put("Cluster", "a", "1"));
        store.commit(put("Cluster", "a", "2"));
        assertNull(store.keep().pin("g", 1));
    }

    @Test
    void aPinThatIsOverSaysSoInsteadOfReadingSomethingElse() throws Exception {
        store.commit(put("Cluster", "a", "1"));
        Pin pin = store.keep().pin("g");
        pin.close();
        PinExpired expired =
                assertThrows(PinExpired.class, () -> pin.document(new Key("Cluster", "a")));
        assertEquals(
                "revision 1 is not held any more: snapshot expired, retry", expired.getMessage());
    }

    @Test
    void aPinPastItsDeadlineReadsNothingAndHoldsNothing() throws Exception {
        store.commit(put("Cluster", "a", "1"));
        try (Pin pin = store.keep().pin("g")) {
            pin.renew(Duration.ZERO);
            assertThrows(PinExpired.class, () -> pin.exists(new Key("Cluster", "a")));
            store.commit(put("Cluster", "a", "2"));
            assertNull(store.keep().pin("g", 1));
        }
    }

    @Test
    void aRevisionTellsWhoDidWhatAndWhichDomainsItTouched() throws Exception {
        store.commit(
                put("VirtualHost", "a", "domain * - a.com\ndomain * - stays.com"),
                put("VirtualHost", "b", "domain * - b.com"));
        store.propose(
                1,
                "req-2",
                put("VirtualHost", "a", "domain * - stays.com\ndomain * - b.com"),
                Change.delete("VirtualHost", "b"));
        RevisionRecord record = store.keep().revision("g", 2);
        check(record);
        store.reopen();
        check(store.keep().revision("g", 2));
        assertNull(store.keep().revision("g", 3));
        List<RecordedChange> changes = store.keep().changes("g", 2);
        assertEquals(1, changes.getFirst().beforeRevision());
        assertEquals("domain * - b.com", new String(changes.get(1).before()));
        assertNull(changes.get(1).after());
    }

    private static void check(RevisionRecord record) {
        assertEquals("req-2", record.requestId());
        assertEquals("tester", record.author());
        assertEquals(
                List.of(
                        new ChangedKey(new Key("VirtualHost", "a"), 1, false),
                        new ChangedKey(new Key("VirtualHost", "b"), 1, true)),
                record.changes());
        assertEquals(
                Set.of(new DomainKey("*", "", "a.com"), new DomainKey("*", "", "b.com")),
                Set.copyOf(record.domains()));
    }

    @Test
    void referencesAreCountedPerReferrer() throws Exception {
        store.commit(
                put("VirtualHost", "a", "refers Cluster c\nrefers Cluster c\nrefers Cluster d"),
                put("VirtualHost", "b", "refers Cluster c"));
        try (Pin pin = store.keep().pin("g")) {
            assertEquals(2, pin.references(new Key("Cluster", "c")));
            store.commit(put("VirtualHost", "a", "refers Cluster d"));
            assertEquals(2, pin.references(new Key("Cluster", "c")));
        }
        store.commit(Change.delete("VirtualHost", "b"));
        try (Pin pin = store.keep().pin("g")) {
            assertEquals(0, pin.references(new Key("Cluster", "c")));
            assertEquals(1, pin.references(new Key("Cluster", "d")));
        }
    }

    @Test
    void lengthsOfWildcardsAreThereWhileAHostHasOne() throws Exception {
        store.commit(
                put("VirtualHost", "a", "domain * - *.example.com\ndomain * - *-x.io"),
                put(
                        "VirtualHost",
                        "b",
                        "domain * - www.*\ndomain * - *\ndomain * - *.example.org"));
        try (Pin pin = store.keep().pin("g")) {
            assertArrayEquals(new int[] {12, 5}, pin.wildcards("*", "").suffixes());
            assertArrayEquals(new int[] {4}, pin.wildcards("*", "").prefixes());
            assertEquals(0, pin.wildcards("web", "").suffixes().length);
        }
        store.commit(Change.delete("VirtualHost", "a"));
        store.commit(Change.delete("VirtualHost", "b"));
        // A length goes with the version that had it, which is after the answer and before the next
        // revision.
        store.commit(put("VirtualHost", "c", "domain * - c.example.com"));
        try (Pin pin = store.keep().pin("g")) {
            assertEquals(0, pin.wildcards("*", "").suffixes().length);
        }
    }

    @Test
    void whoWaitsForAHeadIsWokenByIt() throws Exception {
        CompletableFuture<Boolean> waits =
                store.keep().awaitHead("g", 1, Duration.ofSeconds(20)).toCompletableFuture();
        List<Long> heard = new ArrayList<>();
        try (AutoCloseable listening = store.keep().onHead((gateway, head) -> heard.add(head))) {
            assertNotNull(listening);
            store.commit(put("Cluster", "c", "1"));
        }
        store.commit(put("Cluster", "c", "2"));
        assertTrue(waits.get(20, TimeUnit.SECONDS));
        assertEquals(List.of(1L), heard);
        assertFalse(
                store.keep()
                        .awaitHead("g", 9, Duration.ofMillis(20))
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS));
    }

    @Test
    void aProposalThatIsNoneIsRefused() {
        ExecutionException twice =
                assertThrows(
                        ExecutionException.class,
                        () -> store.propose(0, "x", put("C", "c", "1"), put("C", "c", "2")));
        assertEquals("C/c is changed twice (expected: once)", twice.getCause().getMessage());
        ExecutionException absent =
                assertThrows(
                        ExecutionException.class,
                        () -> store.propose(0, "x", Change.delete("C", "c")));
        assertInstanceOf(IllegalArgumentException.class, absent.getCause());
        assertThrows(IllegalArgumentException.class, () -> new Proposal(0, "", "", "", List.of()));
    }

    @Test
    void gatewaysCountForThemselves() throws Exception {
        store.commit(put("Cluster", "c", "1"));
        Outcome other =
                store.keep()
                        .commit(
                                "h",
                                new Proposal(0, "r", "me", "", List.of(put("Cluster", "c", "h"))))
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS);
        assertEquals(new Outcome.Committed(1), other);
        assertEquals("1", store.read("Cluster", "c"));
        store.reopen();
        assertEquals(Set.of("g", "h"), store.keep().gateways());
    }

    @Test
    void aFolderInUseIsRefusedInASentence() {
        StoreUnusable refusal =
                assertThrows(
                        StoreUnusable.class, () -> new KeepFolder(folder, KeepSettings.defaults()));
        assertTrue(
                refusal.getMessage()
                        .matches(
                                "data folder .* is in use by another run \\(process "
                                        + ProcessHandle.current().pid()
                                        + "\\)"));
    }

    @Test
    void whatNoRevisionNamesIsRemovedAtAStart() throws Exception {
        store.commit(put("Cluster", "c", "1"));
        Path orphan = folder.resolve("bundles").resolve("0".repeat(64));
        Path unfinished = folder.resolve("bundles").resolve("unfinished-x");
        Files.writeString(orphan, "x");
        Files.writeString(unfinished, "x");
        store.reopen();
        assertTrue(Files.exists(orphan));
        assertFalse(Files.exists(unfinished));
        store.with(KeepSettings.defaults().withOrphanAge(Duration.ZERO)).reopen();
        assertFalse(Files.exists(orphan));
        assertEquals("1", store.read("Cluster", "c"));
    }

    @Test
    void aBundleThatIsMissingStopsTheStartWithASentence() throws Exception {
        store.commit(put("Cluster", "c", "1"));
        try (Stream<Path> files = Files.list(folder.resolve("bundles"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        StoreUnusable refusal = assertThrows(StoreUnusable.class, store::reopen);
        assertTrue(
                refusal.getMessage()
                        .startsWith("the bundle of revision 1 of gateway g cannot be read"),
                refusal.getMessage());
    }

    @Test
    void aCommitAtAClosingStoreIsUnknownOrRefused() throws Exception {
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            outcomes.add(
                    store.keep()
                            .commit(
                                    "h" + i,
                                    new Proposal(0, "r", "me", "", List.of(put("C", "c", "1"))))
                            .toCompletableFuture());
        }
        store.reopen();
        for (int i = 0; i < 20; i++) {
            boolean there = store.keep().outcome("h" + i, "r") != null;
            try {
                Outcome outcome = outcomes.get(i).join();
                assertTrue(there || outcome instanceof Outcome.Unknown);
            } catch (CompletionException e) {
                assertFalse(there);
            }
        }
    }
}
