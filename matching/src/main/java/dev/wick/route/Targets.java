package dev.wick.route;

import dev.wick.http.RequestHead;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The clusters among which a route's requests are split: each a slot in {@link
 * RouteTable#clusters()}, or a header that names it. Immutable.
 */
public final class Targets {

    private final int[] slots;
    private final @Nullable String[] headers;
    private final long[] cumulativeWeights;
    private final int notFoundStatus;
    private final String description;

    /**
     * @param slots one or more; -1: a header names the cluster
     * @param headers as many: names in lower case, null where there is a slot
     * @param weights as many, 0 or more; their sum is 1 to 2^63 - 1
     * @param notFoundStatus the answer where a header names no cluster that is there
     * @param description for people, as {@code forward to cluster hello}
     */
    public Targets(
            int[] slots,
            @Nullable String[] headers,
            long[] weights,
            int notFoundStatus,
            String description) {
        this.slots = slots.clone();
        this.headers = headers.clone();
        this.cumulativeWeights = weights.clone();
        this.notFoundStatus = notFoundStatus;
        this.description = description;
        Arrays.parallelPrefix(cumulativeWeights, Math::addExact);
        if (slots.length != weights.length || totalWeight() < 1) {
            throw new IllegalArgumentException(
                    slots.length + " clusters, weights " + Arrays.toString(weights));
        }
    }

    /**
     * The place of the target for one request, from 0.
     *
     * @param random any number, taken as unsigned; a share of all numbers that is its weight falls
     *     to each target
     */
    public int pick(long random) {
        if (slots.length == 1) {
            return 0;
        }
        long point = Long.remainderUnsigned(random, totalWeight());
        int place = 0;
        while (cumulativeWeights[place] <= point) {
            place++;
        }
        return place;
    }

    private long totalWeight() {
        return cumulativeWeights[cumulativeWeights.length - 1];
    }

    /** The slot of the cluster, or -1 where a header names it. */
    public int slot(int place) {
        return slots[place];
    }

    /** How many there are; those of weight 0 included. */
    public int size() {
        return slots.length;
    }

    /**
     * The name that the header of a place says, or null where it says none; only where there is no
     * slot.
     */
    public @Nullable String named(int place, RequestHead head) {
        String header = headers[place];
        return header == null ? null : HeaderCondition.first(header, head);
    }

    /** The answer where a header names no cluster that is there. */
    public int notFoundStatus() {
        return notFoundStatus;
    }

    String describe() {
        return description;
    }
}
