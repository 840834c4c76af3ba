package dev.wick.gateway.overload;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.internal.PlatformDependent;

/**
 * How much of the memory outside of the heap is in use: the buffers of what is read and not yet
 * passed on, or passed on and not yet taken. Called by one thread at a time.
 *
 * <p>What the allocator has taken is known for next to nothing. It keeps some for later; beyond
 * what anybody minds, that is left out, which takes a look at each of its chunks.
 */
public final class DirectMonitor implements Monitor {

    private final double minded;
    private final long most = PlatformDependent.maxDirectMemory();

    /**
     * @param minded below this share, nobody minds
     */
    public DirectMonitor(double minded) {
        this.minded = minded;
    }

    @Override
    public String name() {
        return "wick.resource_monitors.direct_memory";
    }

    @Override
    public double pressure(long nowNanos) {
        long taken = PlatformDependent.usedDirectMemory();
        if (taken < minded * most) {
            return Math.max(0, (double) taken / most);
        }
        long used = Math.min(taken, PooledByteBufAllocator.DEFAULT.pinnedDirectMemory());
        return (double) used / most;
    }
}
