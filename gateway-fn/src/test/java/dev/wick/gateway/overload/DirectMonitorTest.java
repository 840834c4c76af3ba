package dev.wick.gateway.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.internal.PlatformDependent;
import org.junit.jupiter.api.Test;

class DirectMonitorTest {

    private static final int PART = 32 << 20;

    @Test
    void buffersThatAreHeldAreSeenAndThoseThatAreNotAreNot() {
        double share = (double) PART / PlatformDependent.maxDirectMemory();
        double before = new DirectMonitor(1).pressure(0);
        ByteBuf held = PooledByteBufAllocator.DEFAULT.directBuffer(PART, PART);
        // As an upper bound, and as what is really in use.
        double most = new DirectMonitor(1).pressure(0);
        double least = new DirectMonitor(0).pressure(0);
        assertTrue(most >= before + 0.9 * share, before + " " + most + " " + share);
        assertTrue(least >= 0.9 * share, least + " " + share);
        held.release();
        assertTrue(new DirectMonitor(0).pressure(0) < least);
    }

    @Test
    void whileThereIsLittleItIsLookedAtLessOften() {
        DirectMonitor calm = new DirectMonitor(1);
        DirectMonitor minding = new DirectMonitor(0);
        double before = calm.pressure(0);
        minding.pressure(0);
        ByteBuf held = PooledByteBufAllocator.DEFAULT.directBuffer(PART, PART);
        assertEquals(before, calm.pressure(4_000_000));
        assertTrue(calm.pressure(5_000_000) > before);
        double seen = minding.pressure(250_000);
        held.release();
        assertTrue(minding.pressure(500_000) < seen);
    }
}
