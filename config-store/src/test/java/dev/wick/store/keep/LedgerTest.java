package dev.wick.store.keep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LedgerTest {

    private static FileName file(int number) {
        return new FileName("%064x".formatted(number), 100);
    }

    private static byte[] commit(long base, int file, String request) {
        return new Entry.Commit("g", base, file(file), request).bytes();
    }

    private static Ledger.Answer apply(Ledger ledger, byte[] entry) {
        return Ledger.Answer.of(ledger.apply(entry));
    }

    @Test
    void ofTwoCommitsWithTheSameBaseTheFirstWins() {
        Ledger ledger = new Ledger();
        assertEquals(new Ledger.Answer.Won(1), apply(ledger, commit(0, 1, "a")));
        assertEquals(new Ledger.Answer.Lost(1), apply(ledger, commit(0, 2, "b")));
        assertEquals(List.of(file(1)), ledger.bundles("g", 1, 9));
    }

    @Test
    void theSameRequestIsTheSameRevisionOnce() {
        Ledger ledger = new Ledger();
        apply(ledger, commit(0, 1, "a"));
        apply(ledger, commit(1, 2, "b"));
        assertEquals(new Ledger.Answer.Won(1), apply(ledger, commit(2, 3, "a")));
        assertEquals(2, ledger.head("g"));
    }

    @Test
    void aRequestThatLostMayComeAgainOnTheNewHead() {
        Ledger ledger = new Ledger();
        apply(ledger, commit(0, 1, "a"));
        apply(ledger, commit(0, 2, "b"));
        assertEquals(new Ledger.Answer.Won(2), apply(ledger, commit(1, 3, "b")));
    }

    @Test
    void theLastTenThousandRequestsAreKnown() {
        Ledger ledger = new Ledger();
        for (int i = 0; i <= 10_000; i++) {
            apply(ledger, commit(i, i, "r" + i));
        }
        assertNull(ledger.outcome("g", "r0"));
        assertEquals(2, ledger.outcome("g", "r1"));
        assertEquals(10_001, ledger.outcome("g", "r10000"));
    }

    @Test
    void aLogThatIsAppliedOnTopOfItsSnapshotChangesNothing() {
        List<byte[]> log = new ArrayList<>();
        log.add(new Entry.Epoch("first").bytes());
        log.add(new Entry.Epoch("second").bytes());
        for (int i = 0; i < 50; i++) {
            log.add(commit(i, i, "r" + i));
            log.add(commit(Math.max(0, i - 1), 1000 + i, "lost" + i));
        }
        log.add(new Entry.Base("g", 30, file(500), 21).bytes());
        log.add(new Entry.Trim("g", 26).bytes());
        Ledger ledger = new Ledger();
        log.forEach(ledger::apply);
        byte[] snapshot = ledger.save();
        Ledger again = new Ledger();
        again.load(snapshot);
        log.forEach(again::apply);
        assertArrayEquals(snapshot, again.save());
        assertEquals("first", again.epoch());
        assertEquals(26, again.first("g"));
    }

    @Test
    void bundlesGoOnlyWhenABaseCoversThem() {
        Ledger ledger = new Ledger();
        for (int i = 0; i < 10; i++) {
            apply(ledger, commit(i, i, "r" + i));
        }
        apply(ledger, new Entry.Trim("g", 8).bytes());
        assertEquals(1, ledger.first("g"));
        apply(ledger, new Entry.Base("g", 5, file(99), 8).bytes());
        assertEquals(6, ledger.first("g"));
        assertEquals(5, ledger.bundles("g", 6, 10).size());
        assertEquals(new Ledger.Extent("g", 6, 5, 100, 5 * 4096, 5 * 4096), ledger.extent("g"));
    }

    @Test
    void anOlderBaseDoesNotReplaceANewerOne() {
        Ledger ledger = new Ledger();
        for (int i = 0; i < 10; i++) {
            apply(ledger, commit(i, i, "r" + i));
        }
        apply(ledger, new Entry.Base("g", 7, file(99), 1).bytes());
        apply(ledger, new Entry.Base("g", 6, file(98), 1).bytes());
        assertEquals(new Ledger.BaseFile(7, file(99)), ledger.base("g"));
    }

    @Test
    void anEntryOfANewerVersionIsRefused() {
        UnknownFormat refusal =
                assertThrows(UnknownFormat.class, () -> new Ledger().apply(new byte[] {2, 1, 0}));
        assertEquals(
                "the log holds an entry of format 2.1 (expected: format 1.1 to 1.5): it was written"
                        + " by a newer version",
                refusal.getMessage());
    }
}
