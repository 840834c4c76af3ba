package dev.wick.gateway.upstream;

import dev.wick.gateway.balance.Attributes;

/**
 * How a host is at one moment.
 *
 * @param address as {@code 10.0.0.1:80}
 * @param healthFlags of {@link dev.wick.gateway.balance.Member}
 * @param active requests that it carries
 */
public record HostStatus(String address, Attributes attributes, int healthFlags, int active) {

    static HostStatus of(Host host) {
        return new HostStatus(host.text(), host.attributes(), host.flags(), host.active());
    }
}
