package dev.wick.store.keep.raft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.store.keep.Halt;
import dev.wick.store.keep.KeepSettings;
import dev.wick.store.keep.MapBlocks;
import dev.wick.store.keep.PlainIndexer;
import dev.wick.store.keep.StoreUnusable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jgroups.protocols.raft.LogEntries;
import org.jgroups.protocols.raft.LogEntry;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WickLogTest {

    private static final Halt NEVER =
            (why, cause) -> {
                throw new AssertionError(why, cause);
            };

    /** Of an entry of this test on disk. */
    private static final int FRAME = 25 + 8;

    @TempDir Path folder;

    private static LogEntries entries(int from, int to) {
        LogEntries entries = new LogEntries();
        for (int i = from; i <= to; i++) {
            byte[] bytes = "entry%03d".formatted(i).getBytes(StandardCharsets.US_ASCII);
            entries.add(new LogEntry(3, bytes));
        }
        return entries;
    }

    private WickLog ten(long committed) throws StoreUnusable {
        WickLog log = WickLog.open(folder, NEVER);
        log.append(1, entries(1, 10));
        log.commitIndex(committed);
        return log;
    }

    private static void assertHolds(WickLog log, int from, int to) {
        assertEquals(to, log.lastAppended());
        for (int i = from; i <= to; i++) {
            LogEntry entry = log.get(i);
            assertNotNull(entry, "entry " + i);
            assertEquals("entry%03d".formatted(i), new String(entry.command()));
            assertEquals(3, entry.term());
        }
        assertNull(log.get(to + 1));
        assertNull(log.get(from - 1));
    }

    @Test
    void whatWasAppendedIsThereWhenItIsOpenedAgain() throws Exception {
        WickLog log = ten(10);
        log.currentTerm(4);
        UUID member = UUID.randomUUID();
        log.votedFor(member);
        log.close();
        WickLog again = WickLog.open(folder, NEVER);
        assertHolds(again, 1, 10);
        assertEquals(10, again.commitIndex());
        assertEquals(4, again.currentTerm());
        assertEquals(member, again.votedFor());
        assertEquals(0, again.firstAppended());
        again.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 20, 25, 30, FRAME - 1})
    void anEntryThatIsCutOffIsDroppedWhenItWasNeverCommitted(int left) throws Exception {
        ten(8).close();
        cut(folder.resolve("entries"), FRAME - left);
        WickLog again = WickLog.open(folder, NEVER);
        assertHolds(again, 1, 9);
        again.append(10, entries(10, 12));
        again.close();
        WickLog more = WickLog.open(folder, NEVER);
        assertHolds(more, 1, 12);
        more.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 8, 16, 24, 25, 32})
    void anEntryWithOneWrongByteIsDroppedWithAllBehindItWhenNeverCommitted(int at)
            throws Exception {
        ten(8).close();
        flip(folder.resolve("entries"), 16 + 8 * FRAME + at);
        WickLog again = WickLog.open(folder, NEVER);
        assertHolds(again, 1, 8);
        again.close();
    }

    @Test
    void aBadEntryThatWasCommittedStopsTheStartWithASentence() throws Exception {
        ten(9).close();
        flip(folder.resolve("entries"), 16 + 4 * FRAME + 30);
        StoreUnusable refusal =
                assertThrows(StoreUnusable.class, () -> WickLog.open(folder, NEVER));
        assertEquals(
                "entry 5 of the log in "
                        + folder
                        + " does not match its checksum, and entries up to 9 were committed: the"
                        + " disk lost acknowledged data, restore the folder",
                refusal.getMessage());
    }

    @Test
    void aLogThatEndsBeforeWhatWasCommittedStopsTheStart() throws Exception {
        ten(10).close();
        cut(folder.resolve("entries"), FRAME);
        StoreUnusable refusal =
                assertThrows(StoreUnusable.class, () -> WickLog.open(folder, NEVER));
        assertTrue(refusal.getMessage().contains("entry 10 of the log"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("is missing"), refusal.getMessage());
    }

    @Test
    void aSnapshotShortensTheLogAndBothComeBack() throws Exception {
        WickLog log = ten(8);
        log.setSnapshot(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        log.truncate(8);
        assertHolds(log, 8, 10);
        assertEquals(8, log.firstAppended());
        log.append(11, entries(11, 11));
        log.close();
        WickLog again = WickLog.open(folder, NEVER);
        assertHolds(again, 8, 11);
        assertEquals(8, again.firstAppended());
        assertArrayEquals(new byte[] {1, 2, 3}, again.getSnapshot().array());
        again.close();
    }

    @Test
    void aSnapshotCountsWhenTheProcessDiedBeforeTheLogWasShortened() throws Exception {
        WickLog log = ten(8);
        log.setSnapshot(ByteBuffer.wrap(new byte[] {7}));
        log.close();
        Files.delete(folder.resolve("commit"));
        WickLog again = WickLog.open(folder, NEVER);
        assertHolds(again, 8, 10);
        assertEquals(8, again.firstAppended());
        assertEquals(8, again.commitIndex());
        again.close();
    }

    @Test
    void entriesThatWereNotCommittedMayBeReplaced() throws Exception {
        WickLog log = ten(5);
        log.deleteAllEntriesStartingFrom(7);
        assertHolds(log, 1, 6);
        log.append(7, entries(7, 8));
        log.append(7, entries(7, 7));
        assertHolds(log, 1, 7);
        assertThrows(IllegalArgumentException.class, () -> log.deleteAllEntriesStartingFrom(5));
        log.close();
        WickLog again = WickLog.open(folder, NEVER);
        assertHolds(again, 1, 7);
        again.close();
    }

    @Test
    void aFollowersLogStartsAnewAtASnapshotThatItWasSent() throws Exception {
        WickLog log = ten(5);
        log.setSnapshot(ByteBuffer.wrap(new byte[] {9}));
        log.reinitializeTo(40, new LogEntry(6, null));
        assertEquals(40, log.lastAppended());
        assertEquals(40, log.commitIndex());
        assertEquals(6, log.currentTerm());
        log.append(41, entries(41, 41));
        log.close();
        WickLog again = WickLog.open(folder, NEVER);
        assertEquals(41, again.lastAppended());
        assertEquals(40, again.firstAppended());
        assertEquals(0, again.get(40).length());
        again.close();
    }

    @Test
    void aLogThatCannotBeWrittenEndsTheProcess() throws Exception {
        List<String> halts = new ArrayList<>();
        WickLog log = WickLog.open(folder, (why, cause) -> halts.add(why));
        log.close();
        assertThrows(UncheckedIOException.class, () -> log.append(1, entries(1, 1)));
        assertEquals(List.of("the log in " + folder + " cannot be written"), halts);
    }

    @Test
    void anEntryOfANewerVersionStopsTheStartWithASentence() throws Exception {
        Path log = folder.resolve("log");
        Files.createDirectories(log);
        WickLog newer = WickLog.open(log, NEVER);
        newer.append(1, new LogEntries().add(new LogEntry(1, new byte[] {9, 1, 0})));
        newer.commitIndex(1);
        newer.close();
        StoreUnusable refusal =
                assertThrows(
                        StoreUnusable.class,
                        () ->
                                DataFolder.open(
                                        folder,
                                        KeepSettings.defaults(),
                                        new PlainIndexer(),
                                        new MapBlocks()));
        assertTrue(
                refusal.getMessage().endsWith("it was written by a newer version"),
                refusal.getMessage());
    }

    private static void cut(Path path, int bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(file.length() - bytes);
        }
    }

    private static void flip(Path path, int at) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(at);
            int value = file.read();
            file.seek(at);
            file.write(value ^ 0x10);
        }
    }
}
