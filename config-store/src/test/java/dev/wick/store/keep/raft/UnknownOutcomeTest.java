package dev.wick.store.keep.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.store.keep.Keep;
import dev.wick.store.keep.KeepFolder;
import dev.wick.store.keep.PlainIndexer;
import dev.wick.store.keep.Proposal;
import dev.wick.store.revision.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told, and what may be asked again, while the log takes entries and does not answer. */
final class UnknownOutcomeTest {

    @TempDir Path folder;
    private SlowStore log;
    private Keep keep;

    @BeforeEach
    void open() throws Exception {
        log = new SlowStore(folder, new PlainIndexer(), Duration.ofMillis(500));
        keep = log.keep();
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
}
