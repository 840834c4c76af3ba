package dev.wick.route;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Sends the request to a cluster. Clusters are slots in {@link RouteTable#clusters()}. */
public final class Forward implements Decision {

    private final int[] slots;
    private final long[] cumulativeWeights;
    private final PathRewrite rewrite;
    private final Timeouts timeouts;
    private final @Nullable TargetChanges @Nullable [] changes;
    private final Mirror @Nullable [] mirrors;
    private final @Nullable InternalRedirects redirects;
    private final String description;
    private final UpgradeRules upgrades;
    private final @Nullable HostChoice hostChoice;

    /**
     * @param slots one or more
     * @param weights as many, 0 or more; their sum is 1 to 2^63 - 1
     * @param changes as many, each null for none; null where none has any
     * @param mirrors where copies go; null for nowhere
     * @param redirects which redirects are followed; null: none
     * @param description what {@link #describe} says
     * @param upgrades what it says of upgrades
     * @param hostChoice what it says of the host; null: nothing
     */
    public Forward(
            int[] slots,
            long[] weights,
            PathRewrite rewrite,
            Timeouts timeouts,
            @Nullable TargetChanges @Nullable [] changes,
            Mirror @Nullable [] mirrors,
            @Nullable InternalRedirects redirects,
            String description,
            UpgradeRules upgrades,
            @Nullable HostChoice hostChoice) {
        this.slots = slots.clone();
        this.cumulativeWeights = weights.clone();
        Arrays.parallelPrefix(cumulativeWeights, Math::addExact);
        if (slots.length != weights.length || totalWeight() < 1) {
            throw new IllegalArgumentException(
                    slots.length + " clusters, weights " + Arrays.toString(weights));
        }
        this.rewrite = rewrite;
        this.timeouts = timeouts;
        this.changes = changes == null ? null : changes.clone();
        this.redirects = redirects;
        this.mirrors = mirrors == null ? null : mirrors.clone();
        this.description = description;
        this.upgrades = upgrades;
        this.hostChoice = hostChoice;
    }

    /**
     * The place of the cluster for one request, for {@link #slot} and {@link #changes}.
     *
     * @param random any number, taken as unsigned; a share of all numbers that is its weight falls
     *     to each cluster
     */
    public int place(long random) {
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

    /** The slot of the cluster for one request, where nothing but the cluster matters. */
    public int pick(long random) {
        return slots[place(random)];
    }

    /** The slot of the cluster at a place. */
    public int slot(int place) {
        return slots[place];
    }

    /** What is changed in what goes to the cluster at a place; null: nothing. */
    public @Nullable TargetChanges changes(int place) {
        return changes == null ? null : changes[place];
    }

    /** The slots of all clusters that may be picked, for explanations; one of weight 0 included. */
    public int[] slots() {
        return slots.clone();
    }

    private long totalWeight() {
        return cumulativeWeights[cumulativeWeights.length - 1];
    }

    /** What it says of upgrades. */
    public UpgradeRules upgrades() {
        return upgrades;
    }

    /** What it says of the host; null: nothing. */
    public @Nullable HostChoice hostChoice() {
        return hostChoice;
    }

    /** Where copies go, not to be changed; null for nowhere. */
    public Mirror @Nullable [] mirrors() {
        return mirrors;
    }

    /** Which redirects of a host are followed here; null: none. */
    public @Nullable InternalRedirects redirects() {
        return redirects;
    }

    /** How long it may take. */
    public Timeouts timeouts() {
        return timeouts;
    }

    /** Path and query as the cluster sees them; the same object where nothing is rewritten. */
    public String rewrite(String path) {
        return rewrite.apply(path);
    }

    @Override
    public void take(Actions actions) {
        actions.forward(this);
    }

    @Override
    public String describe() {
        return description;
    }
}
