package dev.wick.gateway.upstream;

import java.util.Objects;

/**
 * Where a host listens.
 *
 * @param address an IP address or a DNS name
 * @param port 1-65535
 */
public record EndpointAddress(String address, int port) {

    // Written out: the generated ones load their bootstrap on the way to the first byte.

    @Override
    public boolean equals(Object other) {
        return other instanceof EndpointAddress that
                && port == that.port
                && address.equals(that.address);
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hashCode(address) + port;
    }

    @Override
    public String toString() {
        return address + ":" + port;
    }
}
