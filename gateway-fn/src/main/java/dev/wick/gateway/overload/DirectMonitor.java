package dev.wick.gateway.overload;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.internal.PlatformDependent;

/**
 * How much of the memory outside of the heap is in use: the buffers of what is read and not yet
 * passed on, or passed on and not yet taken. Called by one thread at a time.
 *
 * <p>The allocator tells what it has taken by a look at its chunks, for which it locks its arenas:
 * four times in a millisecond at most, and every five milliseconds while that is far less than
 * anybody minds. Some of it is kept for later, or lies between what is in use and is of little use:
 * beyond what anybody minds, half of it counts.
 */
public final class DirectMonitor implements Monitor {

    private static final long LOOK_NANOS = 250_000;
    private static final long CALM_LOOK_NANOS = 5_000_000;

    private final double minded;
    private final long most = PlatformDependent.maxDirectMemory();
    private final PooledByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    private boolean looked;
    private long lookedNanos;
    private double last;

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
        long every = last < minded / 2 ? CALM_LOOK_NANOS : LOOK_NANOS;
        if (!looked || nowNanos - lookedNanos >= every) {
            looked = true;
            lookedNanos = nowNanos;
            last = (double) used() / most;
        }
        return last;
    }

    private long used() {
        long taken = allocator.metric().usedDirectMemory();
        if (taken < minded * most) {
            return taken;
        }
        long pinned = Math.min(taken, allocator.pinnedDirectMemory());
        return pinned + (taken - pinned) / 2;
    }
}
