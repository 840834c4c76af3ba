package dev.wick.gateway.balance;

import dev.wick.hash.MersenneTwister;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What one loop keeps of a cluster's balancing: whose turn it is, and chance. Confined to it.
 *
 * <p>All else is immutable and shared by the loops; each has turns of its own, begun at random, so
 * that none takes a lock and they do not all begin with the same host.
 */
public final class Turns {

    private final int loop;
    private final LbCounts counts;
    private final int begun;
    private @Nullable Balancer balancer;
    private int[] turns = {};
    private @Nullable Object[] own = {};
    private @Nullable MersenneTwister jumps;
    private long random = ThreadLocalRandom.current().nextLong();

    /**
     * @param counts hears of what happens, on the loop
     */
    public Turns(int loop, LbCounts counts) {
        this.loop = loop;
        this.counts = counts;
        this.begun = (int) (random & 0xff);
    }

    /** The host for a request, or null where there is none. */
    public @Nullable Member choose(Balancer from, @Nullable Selection wanted) {
        if (from != balancer) {
            follow(from);
        }
        return from.choose(this, wanted);
    }

    private void follow(Balancer from) {
        balancer = from;
        int before = turns.length;
        if (from.sources() > before) {
            turns = Arrays.copyOf(turns, from.sources());
            Arrays.fill(turns, before, turns.length, begun);
        }
        own = from.keepsState() ? new @Nullable Object[from.sources()] : new Object[0];
    }

    /** 0 to {@code size} - 1, one after the other. */
    int turn(int source, int size) {
        int turn = turns[source];
        if (turn >= size) {
            turn = turn % size;
        }
        turns[source] = turn + 1;
        return turn;
    }

    /** What a source keeps for this loop; null at first. */
    @Nullable Object own(int source) {
        return own[source];
    }

    void own(int source, Object state) {
        own[source] = state;
    }

    /** By splitmix64. */
    long random() {
        random += 0x9E3779B97F4A7C15L;
        long mixed = random;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** 0 to {@code bound} - 1. */
    int random(int bound) {
        return (int) ((random() >>> 32) * bound >>> 32);
    }

    /** Numbers that the hash alone decides. */
    MersenneTwister jumps(long hash) {
        if (jumps == null) {
            jumps = new MersenneTwister();
        }
        jumps.seed(hash);
        return jumps;
    }

    LbCounts counts() {
        return counts;
    }

    int loop() {
        return loop;
    }
}
