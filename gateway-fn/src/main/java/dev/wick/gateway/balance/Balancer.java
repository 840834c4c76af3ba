package dev.wick.gateway.balance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that can be known of a choice before there is a request: built when hosts, their health or
 * the settings change. Immutable; shared by all loops, each of which has {@link Turns} of its own.
 *
 * <p>A request chooses a priority by its load, then a host of it by the cluster's policy. To choose
 * takes the same time for 10 hosts and for 10,000, but where weights change from request to request
 * ({@link Earliest}).
 */
public final class Balancer {

    private final PriorityLoads loads;
    private final Source[] healthy;
    private final Source[] degraded;
    private final boolean hashes;
    private final boolean failsOnPanic;
    private final int sources;
    private final boolean keepsState;
    private final long staleNanos;
    private final Sizes sizes;
    private final int[] fewestAndMost;
    private final @Nullable Placed[] placed;

    /** Where all requests go that ask for nothing; null where they do not all go to one. */
    private final @Nullable Source only;

    private final @Nullable Subsets subsets;
    private final Bound bound;

    private Balancer(Builder built, PriorityHosts[] hosts, PriorityLoads loads, Bound bound) {
        this.loads = loads;
        this.healthy = built.healthy;
        this.degraded = built.degraded;
        this.hashes = built.settings.policy().hashes();
        this.failsOnPanic = built.settings.failsOnPanic();
        this.sources = built.sources();
        this.keepsState = built.keepsState();
        this.staleNanos = built.staleNanos();
        this.sizes = Sizes.of(hosts);
        this.fewestAndMost = built.fewestAndMost();
        this.placed = built.placed;
        this.subsets = built.subsets;
        this.bound = bound;
        boolean one = loads.healthyLoad(0) == 100 && !loads.panics(0) && subsets == null;
        this.only = one ? healthy[0] : null;
    }

    /** For these hosts, in the order of the configuration, as healthy as they are now. */
    public static Balancer of(BalancerSettings settings, List<? extends Member> members) {
        return of(settings, members, null);
    }

    /**
     * The same, where only health may have changed since another was built.
     *
     * @param before of the same settings and members, whose attributes are what they were; null:
     *     none. Its rings and tables are taken over where they would be the same.
     */
    public static Balancer of(
            BalancerSettings settings, List<? extends Member> members, @Nullable Balancer before) {
        return build(settings, members, new Builder.Numbers(), new Bound(members), before);
    }

    /**
     * How many places are laid out for these hosts, at the most: what it costs to build, in some
     * ten nanoseconds each.
     */
    public static long places(BalancerSettings settings, List<? extends Member> members) {
        long selectors = settings.subsets() == null ? 0 : settings.subsets().selectors().size();
        if (!settings.policy().hashes()) {
            return members.size() * (1 + selectors);
        }
        int priorities = 1;
        for (Member member : members) {
            priorities = Math.max(priorities, 1 + member.attributes().priority());
        }
        long each =
                settings.policy() == LbPolicy.MAGLEV
                        ? settings.maglevTableSize()
                        : Ring.most(settings, members);
        return members.isEmpty() ? 0 : each * priorities * (1 + selectors * members.size());
    }

    static Balancer build(
            BalancerSettings settings,
            List<? extends Member> members,
            Builder.Numbers numbers,
            Bound bound,
            @Nullable Balancer before) {
        PriorityHosts[] hosts = PriorityHosts.of(members);
        PriorityLoads.Counts[] counts = new PriorityLoads.Counts[hosts.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = hosts[i].counts();
        }
        PriorityLoads loads =
                PriorityLoads.of(counts, settings.overprovisioning(), settings.panicThreshold());
        Builder builder = new Builder(settings, numbers, before);
        builder.build(hosts, loads);
        if (settings.subsets() != null) {
            Subsets known = before == null ? null : before.subsets;
            builder.subsets =
                    Subsets.of(settings, settings.subsets(), members, numbers, bound, known);
        }
        return new Balancer(builder, hosts, loads, bound);
    }

    /** The ring or table of a priority; null where it has none. */
    @Nullable Placed placed(int priority) {
        return priority < placed.length ? placed[priority] : null;
    }

    /** How many turns a loop keeps. */
    int sources() {
        return sources;
    }

    boolean keepsState() {
        return keepsState;
    }

    public Sizes sizes() {
        return sizes;
    }

    /** How many places hosts have in ring or table, the fewest and the most; empty without one. */
    public int[] fewestAndMost() {
        return fewestAndMost.clone();
    }

    /** How many subsets there are. */
    public int subsetCount() {
        return subsets == null ? 0 : subsets.size();
    }

    /** When it must be built anew though nothing has changed, by nanoTime; 0: never. */
    public long staleNanos() {
        return staleNanos;
    }

    @Nullable Member choose(Turns turns, @Nullable Selection wanted) {
        if (wanted == null) {
            Source one = only;
            if (one != null) {
                return one.pick(turns, hashes ? turns.random() : 0, 0);
            }
            return subsets == null
                    ? pick(turns, turns.random(), loads, 0)
                    : subsets.choose(turns, null);
        }
        if (wanted.bound != null) {
            Member held = bound.find(wanted.bound);
            if (held != null && (held.flags() & Bound.UNUSABLE) == 0 && !wanted.refuses(held)) {
                return held;
            }
            if (wanted.strict) {
                return null;
            }
        }
        return subsets == null ? among(turns, wanted) : subsets.choose(turns, wanted);
    }

    /** Without regard to subsets and to what the request is bound to. */
    @Nullable Member among(Turns turns, @Nullable Selection wanted) {
        if (wanted == null) {
            return pick(turns, turns.random(), loads, 0);
        }
        long hash = hashes && wanted.hashed ? wanted.hash : turns.random();
        Member member = pick(turns, hash, shares(wanted), 0);
        for (int i = 1; i <= wanted.reselections && member != null && wanted.refuses(member); i++) {
            member = pick(turns, hashes ? hash : turns.random(), shares(wanted), i);
        }
        return member;
    }

    /** Where a hash decides, as in Envoy, priorities that were tried count like others. */
    private PriorityLoads shares(Selection wanted) {
        PreviousPriorities tried = wanted.priorities;
        return tried == null || hashes ? loads : tried.of(loads);
    }

    private @Nullable Member pick(Turns turns, long hash, PriorityLoads shares, int attempt) {
        int choice = shares.choose(hash);
        int priority = choice < 0 ? -1 - choice : choice;
        if (loads.panics(priority)) {
            if (attempt == 0) {
                turns.counts().healthyPanic(turns.loop());
            }
            if (failsOnPanic) {
                return null;
            }
        }
        return (choice < 0 ? degraded : healthy)[priority].pick(turns, hash, attempt);
    }

    /** How many hosts there are, and how they are. */
    public record Sizes(int total, int healthy, int degraded, int excluded) {

        public static final Sizes NONE = new Sizes(0, 0, 0, 0);

        /** Whether all are the same. Not the generated equals: it is slow to load. */
        public boolean same(Sizes other) {
            return total == other.total
                    && healthy == other.healthy
                    && degraded == other.degraded
                    && excluded == other.excluded;
        }

        private static Sizes of(PriorityHosts[] hosts) {
            int total = 0;
            int healthy = 0;
            int degraded = 0;
            int excluded = 0;
            for (PriorityHosts priority : hosts) {
                total += priority.all.length;
                healthy += priority.healthy.length;
                degraded += priority.degraded.length;
                excluded += priority.excluded();
            }
            return new Sizes(total, healthy, degraded, excluded);
        }
    }
}
