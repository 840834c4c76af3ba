package dev.wick.model.wire;

import dev.wick.model.Cluster;
import dev.wick.model.LoadBalancing;
import dev.wick.model.LoadBalancing.Common;
import dev.wick.model.LoadBalancing.LeastRequest;
import dev.wick.model.LoadBalancing.LocalityWeight;
import dev.wick.model.LoadBalancing.Maglev;
import dev.wick.model.LoadBalancing.Policy;
import dev.wick.model.LoadBalancing.RingHash;
import dev.wick.model.LoadBalancing.SlowStart;
import dev.wick.model.LoadBalancing.Subsets;
import dev.wick.model.check.BalancingRules;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of a cluster that say how its hosts are picked. */
final class BalancingShapes {

    private static final long LARGEST_RING = 8_388_608;

    private final Slot<LoadBalancing.Type> type;
    private final Slot<String> serviceName;
    private final DnsShapes dns;
    private final Slot<Policy> policy;
    private final Slot<LeastRequest> leastRequest;
    private final Slot<RingHash> ringHash;
    private final Slot<Maglev> maglev;
    private final Slot<@Nullable SlowStart> slowStart;
    private final Slot<Common> common;
    private final Slot<@Nullable Subsets> subsets;
    private final Slot<List<LocalityWeight>> localityWeights;
    private final Slot<Integer> overprovisioning;

    BalancingShapes(ShapeBuilder<Cluster> shape) {
        type =
                shape.optional(
                        "type",
                        Types.oneOf(LoadBalancing.Type.values()),
                        of(balancing -> balancing.discovery().type()),
                        LoadBalancing.Type.STRICT_DNS,
                        "Where the hosts come from. STATIC: addresses; STRICT_DNS: addresses and DNS names, every address of which is a host; LOGICAL_DNS: a name is one host; EDS: an Endpoints document.");
        serviceName =
                shape.optional(
                        "edsClusterConfig",
                        new Later<>(BalancingShapes::eds),
                        of(balancing -> balancing.discovery().serviceName()),
                        "",
                        "Of EDS.");
        dns = new DnsShapes(shape);
        policy =
                shape.optional(
                        "lbPolicy",
                        Types.oneOf(Policy.values()),
                        of(LoadBalancing::policy),
                        Policy.ROUND_ROBIN,
                        "How a host is picked for a request.");
        leastRequest =
                shape.optional(
                        "leastRequestLbConfig",
                        new Later<>(BalancingShapes::leastRequest),
                        of(LoadBalancing::leastRequest),
                        LeastRequest.DEFAULT,
                        "Of LEAST_REQUEST.");
        ringHash =
                shape.optional(
                        "ringHashLbConfig",
                        new Later<>(BalancingShapes::ringHash),
                        of(LoadBalancing::ringHash),
                        RingHash.DEFAULT,
                        "Of RING_HASH.");
        maglev =
                shape.optional(
                        "maglevLbConfig",
                        new Later<>(BalancingShapes::maglev),
                        of(LoadBalancing::maglev),
                        Maglev.DEFAULT,
                        "Of MAGLEV.");
        slowStart =
                shape.nullable(
                        "slowStartConfig",
                        new Later<>(BalancingShapes::slowStart),
                        of(LoadBalancing::slowStart),
                        "Of ROUND_ROBIN and LEAST_REQUEST: new hosts get fewer requests at first.");
        common =
                shape.optional(
                        "commonLbConfig",
                        new Later<>(BalancingShapes::common),
                        of(LoadBalancing::common),
                        Common.DEFAULT,
                        "What holds for every policy.");
        subsets =
                shape.nullable(
                        "lbSubsetConfig",
                        new Later<>(SubsetShapes::subsets),
                        of(LoadBalancing::subsets),
                        "Hosts with the same metadata, to which routes may send by metadataMatch.");
        localityWeights =
                EndpointShapes.localityWeights(shape, c -> c.loadBalancing().localityWeights());
        overprovisioning =
                EndpointShapes.overprovisioning(
                        shape, c -> c.loadBalancing().overprovisioningFactor());
    }

    private static <T> Function<Cluster, @Nullable T> of(
            Function<LoadBalancing, @Nullable T> value) {
        return cluster -> value.apply(cluster.loadBalancing());
    }

    LoadBalancing of(@Nullable Object[] v) {
        return new LoadBalancing(
                policy.of(v),
                leastRequest.of(v),
                ringHash.of(v),
                maglev.of(v),
                slowStart.of(v),
                common.of(v),
                subsets.of(v),
                localityWeights.of(v),
                overprovisioning.of(v),
                new LoadBalancing.Discovery(type.of(v), serviceName.of(v), dns.of(v)));
    }

    private static Shape<String> eds() {
        ShapeBuilder<String> shape =
                new ShapeBuilder<>("EdsClusterConfig", "Which Endpoints has the hosts.");
        Slot<String> service =
                shape.required(
                        "serviceName",
                        Texts.NAME,
                        named -> named,
                        "Name of an Endpoints; by default the cluster's.");
        shape.emptyWhen(String::isEmpty);
        return shape.make(v -> service.of(v));
    }

    private static Shape<LeastRequest> leastRequest() {
        ShapeBuilder<LeastRequest> shape =
                new ShapeBuilder<>("LeastRequestLbConfig", "How busy hosts are told apart.");
        Slot<Integer> choices =
                shape.optional(
                        "choiceCount",
                        Types.whole(2, 100),
                        LeastRequest::choiceCount,
                        2,
                        "How many hosts picked at random are compared.");
        Slot<Double> bias =
                shape.optional(
                        "activeRequestBias",
                        new Decimal(0, 100),
                        LeastRequest::activeRequestBias,
                        1.0,
                        "Where weights differ, a host counts for weight / (active requests + 1) ^ this.");
        Slot<LoadBalancing.SelectionMethod> method =
                shape.optional(
                        "selectionMethod",
                        Types.oneOf(LoadBalancing.SelectionMethod.values()),
                        LeastRequest::selectionMethod,
                        LoadBalancing.SelectionMethod.N_CHOICES,
                        "Where weights are equal: some hosts picked at random, or all of them.");
        shape.emptyWhen(LeastRequest.DEFAULT::equals);
        return shape.make(v -> new LeastRequest(choices.of(v), bias.of(v), method.of(v)));
    }

    private static Shape<RingHash> ringHash() {
        ShapeBuilder<RingHash> shape =
                new ShapeBuilder<>("RingHashLbConfig", "How the ring is made.");
        Slot<Long> minimum =
                shape.optional(
                        "minimumRingSize",
                        Types.whole(1L, LARGEST_RING),
                        RingHash::minimumRingSize,
                        RingHash.DEFAULT.minimumRingSize(),
                        "Places on the ring, at least.");
        Slot<Long> maximum =
                shape.optional(
                        "maximumRingSize",
                        Types.whole(1L, LARGEST_RING),
                        RingHash::maximumRingSize,
                        RingHash.DEFAULT.maximumRingSize(),
                        "Places on the ring, at most.");
        Slot<LoadBalancing.HashFunction> function =
                shape.optional(
                        "hashFunction",
                        Types.oneOf(LoadBalancing.HashFunction.values()),
                        RingHash::hashFunction,
                        LoadBalancing.HashFunction.XX_HASH,
                        "By which hosts find their places.");
        shape.emptyWhen(RingHash.DEFAULT::equals);
        shape.rule(BalancingRules::ringHash);
        return shape.make(v -> new RingHash(minimum.of(v), maximum.of(v), function.of(v)));
    }

    private static Shape<Maglev> maglev() {
        ShapeBuilder<Maglev> shape = new ShapeBuilder<>("MaglevLbConfig", "The table.");
        Slot<Integer> size =
                shape.optional(
                        "tableSize",
                        Types.whole(2, 5_000_011),
                        Maglev::tableSize,
                        Maglev.DEFAULT.tableSize(),
                        "A prime.");
        shape.emptyWhen(Maglev.DEFAULT::equals);
        shape.rule(BalancingRules::maglev);
        return shape.make(v -> new Maglev(size.of(v)));
    }

    private static Shape<SlowStart> slowStart() {
        ShapeBuilder<SlowStart> shape =
                new ShapeBuilder<>("SlowStartConfig", "How a new host comes to its share.");
        Slot<Duration> window =
                shape.required(
                        "slowStartWindow",
                        Types.duration(Duration.ofMillis(1), Texts.LONGEST),
                        SlowStart::slowStartWindow,
                        "How long it takes.");
        Slot<Double> aggression =
                shape.optional(
                        "aggression",
                        new Decimal(0.001, 1_000),
                        SlowStart::aggression,
                        1.0,
                        "Its weight is multiplied by (time / window) ^ (1 / this).");
        Slot<Integer> least =
                shape.optional(
                        "minWeightPercent",
                        Types.whole(0, 100),
                        SlowStart::minWeightPercent,
                        10,
                        "The least part of its weight that it has.");
        return shape.make(v -> new SlowStart(window.of(v), aggression.of(v), least.of(v)));
    }

    private static Shape<Common> common() {
        ShapeBuilder<Common> shape =
                new ShapeBuilder<>("CommonLbConfig", "What holds for every policy.");
        Slot<Integer> panic =
                shape.optional(
                        "healthyPanicThreshold",
                        Types.whole(0, 100),
                        Common::healthyPanicThreshold,
                        50,
                        "In percent: where fewer hosts are available, all get requests. 0: never.");
        Slot<Boolean> fail =
                shape.optional(
                        "failTrafficOnPanic",
                        Types.truth(),
                        Common::failTrafficOnPanic,
                        false,
                        "Whether requests are answered with 503 instead.");
        Slot<Boolean> localities =
                shape.optional(
                        "localityWeightedLb",
                        Types.truth(),
                        Common::localityWeighted,
                        false,
                        "Whether localities get requests by localityWeights.");
        Slot<Boolean> hostnames =
                shape.optional(
                        "useHostnameForHashing",
                        Types.truth(),
                        Common::useHostnameForHashing,
                        false,
                        "Whether RING_HASH and MAGLEV place hosts by hostname, else by address.");
        Slot<Integer> balance =
                shape.optional(
                        "hashBalanceFactor",
                        Types.whole(100, 1_000_000),
                        Common::hashBalanceFactor,
                        0,
                        "In percent: how many times its share of the requests a host of RING_HASH or MAGLEV may have at once; by default any number.");
        shape.emptyWhen(Common.DEFAULT::equals);
        return shape.make(
                v ->
                        new Common(
                                panic.of(v),
                                fail.of(v),
                                localities.of(v),
                                hostnames.of(v),
                                balance.of(v)));
    }
}
