package dev.wick.store.keep.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.store.keep.Halt;
import dev.wick.store.keep.Keep;
import dev.wick.store.keep.KeepFolder;
import dev.wick.store.keep.KeepSettings;
import dev.wick.store.keep.Log;
import dev.wick.store.keep.MapBlocks;
import dev.wick.store.keep.PlainIndexer;
import dev.wick.store.keep.Proposal;
import dev.wick.store.revision.Outcome;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told, and what may be asked again, while the log takes entries and does not answer. */
final class UnknownOutcomeTest {

    @TempDir Path folder;
    private SlowLog log;
    private Keep keep;

    @BeforeEach
    void open() throws Exception {
        Halt halt = Halt.process();
        FolderLock lock = FolderLock.take(folder);
        BundleFiles bundles = new BundleFiles(folder.resolve("bundles"), halt);
        KeepSettings defaults = KeepSettings.defaults();
        KeepSettings impatient =
                new KeepSettings(
                        defaults.revisions(),
                        defaults.historyBytes(),
                        defaults.historyAge(),
                        defaults.compactionBytes(),
                        defaults.orphanAge(),
                        Duration.ofMillis(200),
                        Clock.systemUTC());
        keep =
                Keep.open(
                        new Keep.Parts(
                                (machine, onFailure) -> {
                                    Path place = folder.resolve("log");
                                    log = new SlowLog(RaftLog.open(place, machine, onFailure));
                                    return log;
                                },
                                bundles,
                                new MapBlocks(),
                                new PlainIndexer(),
                                impatient,
                                halt,
                                lock));
    }

    @AfterEach
    void close() {
        keep.close();
    }

    @Test
    void whatTheLogDoesNotAnswerIsUnknownUnderItsRequestId() throws Exception {
        log.holdBack();
        assertEquals(new Outcome.Unknown("once"), commit("once"));
    }

    @Test
    void theSameRequestBecomesOneRevisionThoughItsFirstEntryArrivesLate() throws Exception {
        log.holdBack();
        commit("once");
        log.letGo();
        Outcome again = commit("once");
        assertEquals(new Outcome.Committed(1), again);
        assertEquals(new Outcome.Committed(1), keep.outcome("g", "once"));
        assertEquals(1, keep.head("g"));
        assertEquals(new Outcome.Committed(1), commit("once"));
    }

    @Test
    void theSameRequestBecomesARevisionWhereItsFirstEntryWasLost() throws Exception {
        log.holdBack();
        commit("once");
        log.lose();
        assertEquals(new Outcome.Committed(1), commit("once"));
        assertEquals(1, keep.head("g"));
    }

    private Outcome commit(String requestId) throws Exception {
        Proposal proposal =
                new Proposal(0, requestId, "me", "", List.of(KeepFolder.put("C", "c", "1")));
        return keep.commit("g", proposal).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** The real log, behind a way there that can be cut off. Any thread. */
    private static final class SlowLog implements Log {

        private final Log log;
        private final List<byte[]> held = new ArrayList<>();
        private boolean holding;

        SlowLog(Log log) {
            this.log = log;
        }

        synchronized void holdBack() {
            holding = true;
        }

        /** What was held back arrives now, all of it. */
        synchronized void letGo() {
            holding = false;
            held.forEach(log::propose);
            held.clear();
        }

        synchronized void lose() {
            holding = false;
            held.clear();
        }

        @Override
        public synchronized CompletableFuture<byte[]> propose(byte[] entry) {
            if (holding) {
                held.add(entry);
                return new CompletableFuture<>();
            }
            return log.propose(entry);
        }

        @Override
        public void close() {
            log.close();
        }
    }
}
