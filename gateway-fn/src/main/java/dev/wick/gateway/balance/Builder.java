package dev.wick.gateway.balance;

import dev.wick.gateway.balance.BalancerSettings.LocalityKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the sources of a {@link Balancer}. Used by one thread. */
final class Builder {

    final BalancerSettings settings;
    private final Numbers numbers;
    private final @Nullable Balancer before;
    private final long now = System.nanoTime();
    Source[] healthy = {};
    Source[] degraded = {};
    @Nullable Subsets subsets;
    @Nullable Placed[] placed = {};
    private int[] fewestAndMost = {};

    /** What a balancer and its subsets number together. */
    static final class Numbers {
        int sources;
        boolean keepsState;
        long staleNanos;
    }

    Builder(BalancerSettings settings, Numbers numbers, @Nullable Balancer before) {
        this.settings = settings;
        this.numbers = numbers;
        this.before = before;
    }

    int sources() {
        return numbers.sources;
    }

    boolean keepsState() {
        return numbers.keepsState;
    }

    long staleNanos() {
        return numbers.staleNanos;
    }

    int[] fewestAndMost() {
        return fewestAndMost;
    }

    void build(PriorityHosts[] hosts, PriorityLoads loads) {
        healthy = new Source[hosts.length];
        degraded = new Source[hosts.length];
        placed = new @Nullable Placed[settings.policy().hashes() ? hosts.length : 0];
        for (int i = 0; i < hosts.length; i++) {
            PriorityHosts priority = hosts[i];
            if (settings.policy().hashes()) {
                // As in Envoy, degraded hosts stand in no ring, and their share is for the others.
                healthy[i] = hashed(i, priority, loads.panics(i));
                degraded[i] = healthy[i];
            } else if (loads.panics(i)) {
                healthy[i] = source(priority.all);
                degraded[i] = healthy[i];
            } else {
                healthy[i] = located(i, priority, false);
                degraded[i] = located(i, priority, true);
            }
        }
    }

    private Source located(int priority, PriorityHosts hosts, boolean onlyDegraded) {
        Member[] eligible = onlyDegraded ? hosts.degraded : hosts.healthy;
        if (!settings.byLocality() || eligible.length == 0) {
            return source(eligible);
        }
        List<Source> sources = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (Map.Entry<Locality, PriorityHosts> entry : hosts.byLocality().entrySet()) {
            PriorityHosts part = entry.getValue();
            Member[] members = onlyDegraded ? part.degraded : part.healthy;
            sources.add(source(members));
            weights.add(localityWeight(priority, entry.getKey(), part, members.length));
        }
        int[] order = Schedule.of(weights.stream().mapToDouble(w -> w).toArray());
        return order.length == 0
                ? source(eligible)
                : new Scheduled(numbers.sources++, order, sources.toArray(new Source[0]));
    }

    /** A locality's weight, less where more of its hosts are away than are to spare. */
    private double localityWeight(
            int priority, Locality locality, PriorityHosts hosts, int eligible) {
        Long weight = settings.localityWeights().get(new LocalityKey(priority, locality));
        int count = hosts.all.length - hosts.excluded();
        if (weight == null || count == 0) {
            return 0;
        }
        double available = settings.overprovisioning() / 100.0 * eligible / count;
        return weight * Math.min(1, available);
    }

    private Source source(Member[] members) {
        if (members.length == 0) {
            return Source.NONE;
        }
        if (members.length == 1) {
            return new RoundRobin(numbers.sources++, members);
        }
        return switch (settings.policy()) {
            case ROUND_ROBIN ->
                    slowStarts(members)
                            ? earliest(members)
                            : even(members)
                                    ? new RoundRobin(numbers.sources++, members)
                                    : weighted(members);
            case LEAST_REQUEST ->
                    slowStarts(members) || !even(members)
                            ? earliest(members)
                            : settings.fullScan()
                                    ? new LeastOfAll(members)
                                    : new LeastRequest(members, settings.choices());
            case RANDOM -> new RandomHost(members);
            case RING_HASH, MAGLEV -> weighted(members);
        };
    }

    private Source weighted(Member[] members) {
        double[] weights = new double[members.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = members[i].attributes().weight();
        }
        return new WeightedRoundRobin(numbers.sources++, Schedule.of(weights), members);
    }

    private Source earliest(Member[] members) {
        numbers.keepsState = true;
        return new Earliest(numbers.sources++, members, settings);
    }

    private static boolean even(Member[] members) {
        long weight = members[0].attributes().weight();
        for (Member member : members) {
            if (member.attributes().weight() != weight) {
                return false;
            }
        }
        return true;
    }

    /** Whether one of them is in its slow start; notes when the last has done. */
    private boolean slowStarts(Member[] members) {
        SlowStart slow = settings.slowStart();
        boolean any = false;
        for (Member member : members) {
            if (slow != null && slow.isIn(member, now)) {
                any = true;
                long end = (member.healthySinceNanos() + slow.windowNanos()) | 1;
                if (numbers.staleNanos == 0 || end - numbers.staleNanos > 0) {
                    numbers.staleNanos = end;
                }
            }
        }
        return any;
    }

    /** The ring or table of a priority. */
    private Source hashed(int priority, PriorityHosts hosts, boolean panics) {
        List<Member> members = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        if (settings.byLocality()) {
            addLocalities(priority, hosts, panics, members, shares);
        } else {
            add(panics ? hosts.all : hosts.healthy, 1, members, shares);
        }
        if (members.isEmpty()) {
            return Source.NONE;
        }
        Placed made =
                placed(
                        priority,
                        members.toArray(new Member[0]),
                        shares.stream().mapToDouble(w -> w).toArray());
        placed[priority] = made;
        fewestAndMost = made.fewestAndMost;
        return made.source;
    }

    private Placed placed(int priority, Member[] members, double[] weights) {
        Placed known = before == null ? null : before.placed(priority);
        return known != null && known.isOf(members, weights)
                ? known
                : Placed.of(members, weights, settings);
    }

    private void addLocalities(
            int priority,
            PriorityHosts hosts,
            boolean panics,
            List<Member> members,
            List<Double> shares) {
        Map<Locality, PriorityHosts> parts = hosts.byLocality();
        double sum = 0;
        for (Map.Entry<Locality, PriorityHosts> entry : parts.entrySet()) {
            Member[] eligible = panics ? entry.getValue().all : entry.getValue().healthy;
            sum += eligible.length == 0 ? 0 : weight(priority, entry.getKey());
        }
        for (Map.Entry<Locality, PriorityHosts> entry : parts.entrySet()) {
            long weight = weight(priority, entry.getKey());
            if (weight > 0) {
                Member[] eligible = panics ? entry.getValue().all : entry.getValue().healthy;
                add(eligible, weight / sum, members, shares);
            }
        }
    }

    private long weight(int priority, Locality locality) {
        return settings.localityWeights().getOrDefault(new LocalityKey(priority, locality), 0L);
    }

    private static void add(
            Member[] added, double whole, List<Member> members, List<Double> shares) {
        long[] weights = new long[added.length]; // read once: they may change meanwhile
        double sum = 0;
        for (int i = 0; i < added.length; i++) {
            weights[i] = added[i].attributes().weight();
            sum += weights[i];
        }
        for (int i = 0; i < added.length; i++) {
            members.add(added[i]);
            shares.add(weights[i] * whole / sum);
        }
    }
}
