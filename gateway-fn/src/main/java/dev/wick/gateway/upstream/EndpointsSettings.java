package dev.wick.gateway.upstream;

import dev.wick.gateway.balance.BalancerSettings.LocalityKey;
import java.util.List;
import java.util.Map;

/**
 * Hosts of a document of their own.
 *
 * @param localityWeights of those that have one
 * @param overprovisioning percent
 */
public record EndpointsSettings(
        List<EndpointAddress> endpoints,
        Map<LocalityKey, Long> localityWeights,
        int overprovisioning) {}
