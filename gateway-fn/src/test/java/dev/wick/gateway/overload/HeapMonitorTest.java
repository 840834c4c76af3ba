package dev.wick.gateway.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HeapMonitorTest {

    private static final long SECOND = 1_000_000_000;

    private final FakeHeap heap = new FakeHeap();
    private final HeapMonitor monitor = new HeapMonitor(0.8, heap);
    private long now = 5 * SECOND;

    /** A heap of 1,000 octets, of which some are garbage. */
    private static final class FakeHeap implements HeapMonitor.Heap {
        long live;
        long garbage;
        long collections;
        long cost;

        @Override
        public long most() {
            return 1_000;
        }

        @Override
        public long used() {
            return live + garbage;
        }

        @Override
        public long collect() {
            collections++;
            garbage = 0;
            return cost;
        }
    }

    private long permille(long live, long garbage) {
        heap.live = live;
        heap.garbage = garbage;
        now += 1_000_000;
        return Math.round(1_000 * monitor.pressure(now));
    }

    @Test
    void aslongAsNobodyMindsGarbageCountsAndNothingIsCollected() {
        assertEquals(790, permille(100, 690));
        assertEquals(0, heap.collections);
    }

    @Test
    void beyondThatGarbageIsCollectedFirst() {
        assertEquals(100, permille(100, 700));
        assertEquals(1, heap.collections);
        assertEquals(850, permille(850, 0));
        assertEquals(2, heap.collections);
    }

    @Test
    void itIsNotCollectedAgainBeforeEnoughIsAllocatedOrTimeHasPassed() {
        assertEquals(810, permille(810, 50));
        assertEquals(810, permille(810, 90));
        assertEquals(810, permille(880, 20));
        assertEquals(1, heap.collections);
        assertEquals(900, permille(900, 5));
        assertEquals(2, heap.collections);
        // Nearer to the brim, half of what is left is enough.
        assertEquals(900, permille(945, 0));
        assertEquals(950, permille(950, 0));
        assertEquals(3, heap.collections);
        now += SECOND;
        assertEquals(700, permille(700, 250));
        assertEquals(4, heap.collections);
    }

    @Test
    void aCollectionThatTakesLongIsRare() {
        heap.cost = SECOND / 2;
        assertEquals(850, permille(850, 50));
        now += 9 * SECOND;
        assertEquals(850, permille(840, 60));
        now += 2 * SECOND;
        assertEquals(840, permille(840, 60));
        assertEquals(2, heap.collections);
    }

    @Test
    void whatTheCollectorFreesByItselfIsSeenAtOnce() {
        assertEquals(900, permille(900, 0));
        assertEquals(820, permille(820, 0));
        assertEquals(300, permille(300, 0));
        assertEquals(1, heap.collections);
    }
}
