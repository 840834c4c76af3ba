package dev.wick.model.wire;

import dev.wick.model.Cluster;
import dev.wick.model.Endpoint;
import dev.wick.model.LoadBalancing.Dns;
import dev.wick.model.LoadBalancing.FailureRate;
import dev.wick.model.LoadBalancing.LookupFamily;
import dev.wick.model.check.BalancingRules;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of a cluster that say how names are looked up. */
final class DnsShapes {

    private static final Duration LEAST = Duration.ofMillis(1);

    private final Slot<Duration> refresh;
    private final Slot<@Nullable FailureRate> failure;
    private final Slot<LookupFamily> family;
    private final Slot<Boolean> ttl;
    private final Slot<List<Endpoint>> resolvers;

    DnsShapes(ShapeBuilder<Cluster> shape) {
        refresh =
                shape.optional(
                        "dnsRefreshRate",
                        Types.duration(LEAST, Texts.LONGEST),
                        of(Dns::dnsRefreshRate),
                        Dns.DEFAULT.dnsRefreshRate(),
                        "How old an answer may be when a request needs it.");
        failure =
                shape.nullable(
                        "dnsFailureRefreshRate",
                        new Later<>(DnsShapes::failure),
                        of(Dns::dnsFailureRefreshRate),
                        "How soon a name that was not answered for is asked for again; by default dnsRefreshRate.",
                        "as dnsRefreshRate");
        family =
                shape.optional(
                        "dnsLookupFamily",
                        Types.oneOf(LookupFamily.values()),
                        of(Dns::dnsLookupFamily),
                        LookupFamily.ALL,
                        "Which addresses of a name are hosts.");
        ttl =
                shape.optional(
                        "respectDnsTtl",
                        Types.truth(),
                        of(Dns::respectDnsTtl),
                        false,
                        "Whether an answer counts as long as it says.");
        resolvers =
                shape.optional(
                        "dnsResolvers",
                        Types.list(new Later<>(DnsShapes::resolver), 0),
                        of(Dns::dnsResolvers),
                        List.of(),
                        "DNS servers, in the order in which they are asked; by default the machine's.",
                        "the machine's");
    }

    private static <T> Function<Cluster, @Nullable T> of(Function<Dns, @Nullable T> value) {
        return cluster -> value.apply(cluster.loadBalancing().discovery().dns());
    }

    Dns of(@Nullable Object[] v) {
        return new Dns(refresh.of(v), failure.of(v), family.of(v), ttl.of(v), resolvers.of(v));
    }

    private static Shape<FailureRate> failure() {
        ShapeBuilder<FailureRate> shape =
                new ShapeBuilder<>("DnsFailureRefreshRate", "Doubled with each failure.");
        Slot<Duration> base =
                shape.required(
                        "baseInterval",
                        Types.duration(LEAST, Texts.LONGEST),
                        FailureRate::baseInterval,
                        "At first, at random up to this.");
        Slot<@Nullable Duration> most =
                shape.nullable(
                        "maxInterval",
                        Types.duration(LEAST, Texts.LONGEST),
                        FailureRate::maxInterval,
                        "At most this; by default 10 times baseInterval.",
                        "10 times baseInterval");
        shape.rule(BalancingRules::failureRate);
        return shape.make(v -> new FailureRate(base.of(v), most.of(v)));
    }

    private static Shape<Endpoint> resolver() {
        ShapeBuilder<Endpoint> shape = new ShapeBuilder<>("DnsResolver", "A DNS server.");
        Slot<String> address =
                shape.required("address", Types.text(1, 45), Endpoint::address, "Its IP address.");
        Slot<Integer> port =
                shape.optional("port", Types.whole(1, 65_535), Endpoint::port, 53, "Its port.");
        shape.rule(BalancingRules::resolver);
        return shape.make(v -> new Endpoint(address.of(v), port.of(v)));
    }
}
