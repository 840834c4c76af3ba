package dev.wick.gateway.balance;

/**
 * Turns by weight, laid out beforehand: in one round each place has its weight's share of the
 * turns, spread evenly. To choose is then to take the next, whatever the weights and however many.
 *
 * <p>A round is exact where the weights have a common measure that makes it short; else shares are
 * rounded to 1 / 65,536 of the whole, and nobody that weighs something gets nothing.
 */
final class Schedule {

    private static final int LONGEST = 65_536;

    private Schedule() {}

    /**
     * The places in the order of their turns; empty where no weight is above 0.
     *
     * @param weights 0 or more
     */
    static int[] of(double[] weights) {
        long[] shares = shares(weights);
        long length = 0;
        for (long share : shares) {
            length += share;
        }
        int size = Math.toIntExact(length);
        int[] starts = new int[size + 1];
        for (long share : shares) {
            for (long turn = 0; turn < share; turn++) {
                starts[place(turn, share, size) + 1]++;
            }
        }
        for (int i = 0; i < size; i++) {
            starts[i + 1] += starts[i];
        }
        int[] order = new int[size];
        for (int i = 0; i < shares.length; i++) {
            for (long turn = 0; turn < shares[i]; turn++) {
                order[starts[place(turn, shares[i], size)]++] = i;
            }
        }
        return order;
    }

    /** Around which turn of the round a place's turn is due. */
    private static int place(long turn, long share, int size) {
        return (int) ((2 * turn + 1) * size / (2 * share));
    }

    private static long[] shares(double[] weights) {
        double sum = 0;
        long measure = 0;
        boolean whole = true;
        for (double weight : weights) {
            sum += weight;
            whole &= weight == Math.rint(weight) && weight < 1L << 53;
            measure = whole ? measure((long) weight, measure) : 0;
        }
        long[] shares = new long[weights.length];
        int longest = Math.max(LONGEST, Math.min(weights.length, 1 << 20) * 4);
        boolean exact = whole && measure > 0 && sum / measure <= longest;
        for (int i = 0; i < weights.length; i++) {
            if (exact) {
                shares[i] = (long) weights[i] / measure;
            } else if (weights[i] > 0) {
                shares[i] = Math.max(1, Math.round(weights[i] * longest / sum));
            }
        }
        return shares;
    }

    private static long measure(long one, long other) {
        return other == 0 ? one : measure(other, one % other);
    }
}
