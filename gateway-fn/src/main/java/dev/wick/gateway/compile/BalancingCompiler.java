package dev.wick.gateway.compile;

import dev.wick.gateway.balance.Attributes;
import dev.wick.gateway.balance.BalancerSettings;
import dev.wick.gateway.balance.BalancerSettings.Fallback;
import dev.wick.gateway.balance.BalancerSettings.LocalityKey;
import dev.wick.gateway.balance.BalancerSettings.Selector;
import dev.wick.gateway.balance.BalancerSettings.SubsetSettings;
import dev.wick.gateway.balance.LbPolicy;
import dev.wick.gateway.balance.Locality;
import dev.wick.gateway.balance.Member;
import dev.wick.gateway.balance.SlowStart;
import dev.wick.gateway.upstream.DnsSettings;
import dev.wick.gateway.upstream.EndpointAddress;
import dev.wick.model.DomainName;
import dev.wick.model.Endpoint;
import dev.wick.model.LoadBalancing;
import dev.wick.model.LoadBalancing.LocalityWeight;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds what a cluster says of its hosts and of how they are picked. Pure; any thread. */
final class BalancingCompiler {

    /** The longest interval after failures, where none is said, is so many times the first. */
    private static final long TIMES = 10;

    private BalancingCompiler() {}

    static EndpointAddress endpoint(Endpoint endpoint) {
        int status = status(endpoint.healthStatus());
        boolean plain =
                endpoint.loadBalancingWeight() == 1
                        && endpoint.priority() == 0
                        && status == 0
                        && endpoint.hostname().isEmpty()
                        && endpoint.lbMetadata().isEmpty();
        Locality locality = locality(endpoint.locality());
        Attributes attributes =
                plain && locality == Locality.UNKNOWN
                        ? Attributes.DEFAULT
                        : new Attributes(
                                endpoint.loadBalancingWeight(),
                                endpoint.priority(),
                                locality,
                                status,
                                endpoint.hostname(),
                                endpoint.lbMetadata());
        return new EndpointAddress(ascii(endpoint.address()), endpoint.port(), attributes);
    }

    /** An international name in its ASCII form: hosts may be told it, in octets. */
    private static String ascii(String address) {
        for (int i = 0; i < address.length(); i++) {
            if (address.charAt(i) >= 0x80) {
                return DomainName.normalise(address);
            }
        }
        return address;
    }

    private static Locality locality(dev.wick.model.Locality locality) {
        return locality.region().isEmpty()
                        && locality.zone().isEmpty()
                        && locality.subZone().isEmpty()
                ? Locality.UNKNOWN
                : new Locality(locality.region(), locality.zone(), locality.subZone());
    }

    private static int status(Endpoint.HealthStatus status) {
        return switch (status) {
            case UNKNOWN, HEALTHY -> 0;
            case UNHEALTHY, TIMEOUT -> Member.FAILED_EDS_HEALTH;
            case DRAINING -> Member.EDS_STATUS_DRAINING;
            case DEGRADED -> Member.DEGRADED_EDS_HEALTH;
        };
    }

    static BalancerSettings settings(LoadBalancing balancing) {
        return new BalancerSettings(
                policy(balancing.policy()),
                balancing.leastRequest().choiceCount(),
                balancing.leastRequest().activeRequestBias(),
                slowStart(balancing.slowStart()),
                balancing.ringHash().minimumRingSize(),
                balancing.ringHash().maximumRingSize(),
                balancing.ringHash().hashFunction() == LoadBalancing.HashFunction.MURMUR_HASH_2,
                balancing.maglev().tableSize(),
                balancing.common().useHostnameForHashing(),
                balancing.common().healthyPanicThreshold(),
                balancing.common().failTrafficOnPanic(),
                balancing.overprovisioningFactor(),
                balancing.common().localityWeighted(),
                weights(balancing.localityWeights()),
                subsets(balancing.subsets()),
                balancing.leastRequest().selectionMethod()
                        == LoadBalancing.SelectionMethod.FULL_SCAN,
                balancing.common().hashBalanceFactor());
    }

    private static @Nullable SubsetSettings subsets(LoadBalancing.@Nullable Subsets subsets) {
        if (subsets == null) {
            return null;
        }
        List<Selector> selectors = new ArrayList<>(subsets.selectors().size());
        for (LoadBalancing.Selector selector : subsets.selectors()) {
            List<String> keys = new ArrayList<>(selector.keys());
            Collections.sort(keys);
            selectors.add(
                    new Selector(
                            keys,
                            fallback(selector.fallbackPolicy()),
                            selector.fallbackKeysSubset(),
                            selector.singleHostPerSubset()));
        }
        Fallback fallback = fallback(subsets.fallbackPolicy());
        return new SubsetSettings(
                selectors,
                fallback == null ? Fallback.NO_FALLBACK : fallback,
                subsets.defaultSubset(),
                subsets.options().listAsAny(),
                subsets.options().panicModeAny(),
                subsets.options().localityWeightAware(),
                subsets.options().scaleLocalityWeight(),
                subsets.options().allowRedundantKeys());
    }

    private static @Nullable Fallback fallback(LoadBalancing.@Nullable Fallback fallback) {
        return fallback == null ? null : Fallback.valueOf(fallback.name());
    }

    static DnsSettings dns(LoadBalancing.Discovery discovery) {
        LoadBalancing.Dns dns = discovery.dns();
        boolean logical = discovery.type() == LoadBalancing.Type.LOGICAL_DNS;
        if (!logical && dns.equals(LoadBalancing.Dns.DEFAULT)) {
            return DnsSettings.DEFAULT;
        }
        LoadBalancing.FailureRate failure = dns.dnsFailureRefreshRate();
        List<InetSocketAddress> servers = new ArrayList<>(dns.dnsResolvers().size());
        for (Endpoint server : dns.dnsResolvers()) {
            servers.add(
                    new InetSocketAddress(InetAddress.ofLiteral(server.address()), server.port()));
        }
        return new DnsSettings(
                logical,
                dns.dnsRefreshRate().toMillis(),
                failure == null ? 0 : failure.baseInterval().toMillis(),
                failure == null ? 0 : most(failure),
                DnsSettings.Family.valueOf(dns.dnsLookupFamily().name()),
                dns.respectDnsTtl(),
                servers);
    }

    private static long most(LoadBalancing.FailureRate failure) {
        Duration most = failure.maxInterval();
        return most == null ? failure.baseInterval().toMillis() * TIMES : most.toMillis();
    }

    private static LbPolicy policy(LoadBalancing.Policy policy) {
        return switch (policy) {
            case ROUND_ROBIN -> LbPolicy.ROUND_ROBIN;
            case LEAST_REQUEST -> LbPolicy.LEAST_REQUEST;
            case RING_HASH -> LbPolicy.RING_HASH;
            case RANDOM -> LbPolicy.RANDOM;
            case MAGLEV -> LbPolicy.MAGLEV;
        };
    }

    private static @Nullable SlowStart slowStart(LoadBalancing.@Nullable SlowStart slow) {
        return slow == null
                ? null
                : new SlowStart(
                        slow.slowStartWindow().toNanos(),
                        slow.aggression(),
                        slow.minWeightPercent() / 100.0);
    }

    static Map<LocalityKey, Long> weights(List<LocalityWeight> weights) {
        if (weights.isEmpty()) {
            return Map.of();
        }
        Map<LocalityKey, Long> byLocality = new HashMap<>();
        for (LocalityWeight weight : weights) {
            LocalityKey key = new LocalityKey(weight.priority(), locality(weight.locality()));
            byLocality.put(key, weight.weight());
        }
        return byLocality;
    }
}
