package dev.wick.gateway.balance;

import dev.wick.hash.MersenneTwister;

/**
 * A ring or table whose hosts get no more than so many times their share of the requests that run.
 * A request whose host has that goes to another, found by jumps that its hash alone decides: the
 * same as in Envoy, so that it comes to the same one while the load stays.
 *
 * @see <a href="https://arxiv.org/abs/1908.08762">Revisiting consistent hashing with bounded
 *     loads</a>
 */
final class BoundedLoad extends Source {

    private final Hashing hashing;
    private final double[] weights;
    private final int factor;

    /**
     * @param weights of the members; their sum is 1
     * @param factor percent of its share that a host may have, 100 or more
     */
    BoundedLoad(Hashing hashing, double[] weights, int factor) {
        this.hashing = hashing;
        this.weights = weights;
        this.factor = factor;
    }

    @Override
    Member pick(Turns turns, long hash, int attempt) {
        int owner = hashing.owner(hash, attempt);
        long slots = ((turns.counts().active() + 1) * factor + 99) / 100;
        double least = load(owner, slots);
        return hashing.members[least <= 1 ? owner : another(turns, hash, owner, slots, least)];
    }

    /** How full a host is; above 1 it has more than it may. */
    private double load(int place, long slots) {
        double may = Math.max(1, Math.ceil(slots * weights[place]));
        return hashing.members[place].active() / may;
    }

    /** The first that has room, else the least loaded. */
    private int another(Turns turns, long hash, int owner, long slots, double loadOfOwner) {
        int[] places = new int[weights.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = i;
        }
        MersenneTwister jumps = turns.jumps(hash);
        int best = owner;
        double least = loadOfOwner;
        for (int i = 0; i < places.length; i++) {
            int jump = i + jumps.below(places.length - i);
            int place = places[jump];
            places[jump] = places[i];
            if (place == owner) {
                continue;
            }
            double load = load(place, slots);
            if (load <= 1) {
                return place;
            }
            if (load < least) {
                best = place;
                least = load;
            }
        }
        return best;
    }
}
