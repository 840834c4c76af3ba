package dev.wick.gateway.upstream;

import dev.wick.gateway.balance.Balancer;
import dev.wick.gateway.balance.BalancerSettings;
import java.util.List;

/**
 * The hosts of a cluster as they are now. Immutable; replaced as a whole.
 *
 * @param known false until every name has been looked up once
 * @param balancer chooses among them
 */
record HostSet(Host[] hosts, boolean known, Balancer balancer) {

    static final HostSet UNKNOWN =
            new HostSet(new Host[0], false, Balancer.of(BalancerSettings.DEFAULT, List.of()));
}
