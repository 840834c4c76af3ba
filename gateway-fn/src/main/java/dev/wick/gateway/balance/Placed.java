package dev.wick.gateway.balance;

import java.util.Arrays;

/** The ring or table of a priority, and what it was laid out for. */
final class Placed {

    final Source source;
    final int[] fewestAndMost;
    private final Member[] members;
    private final double[] weights;

    private Placed(Member[] members, double[] weights, Source source, int[] fewestAndMost) {
        this.members = members;
        this.weights = weights;
        this.source = source;
        this.fewestAndMost = fewestAndMost;
    }

    /**
     * @param members one or more
     * @param weights as many; their sum is 1
     */
    static Placed of(Member[] members, double[] weights, BalancerSettings settings) {
        if (settings.policy() == LbPolicy.MAGLEV) {
            Maglev table = new Maglev(members, weights, settings);
            return new Placed(
                    members, weights, bounded(table, weights, settings), table.fewestAndMost());
        }
        Ring ring = new Ring(members, weights, settings);
        int[] counts = ring.fewestAndMost();
        return new Placed(
                members,
                weights,
                bounded(ring, weights, settings),
                new int[] {counts[0], counts[1], ring.size()});
    }

    private static Source bounded(Hashing hashing, double[] weights, BalancerSettings settings) {
        return settings.hashBalanceFactor() == 0
                ? hashing
                : new BoundedLoad(hashing, weights, settings.hashBalanceFactor());
    }

    /** Whether it is just these, each with that weight. */
    boolean isOf(Member[] others, double[] theirWeights) {
        return Arrays.equals(members, others) && Arrays.equals(weights, theirWeights);
    }
}
