package dev.wick.gateway.upstream;

import dev.wick.gateway.balance.Attributes;
import java.util.Objects;

/**
 * Where a host listens, and what the configuration says of it.
 *
 * @param address an IP address or a DNS name
 * @param port 1-65535
 */
public record EndpointAddress(String address, int port, Attributes attributes) {

    /** One of which nothing else is said. */
    public EndpointAddress(String address, int port) {
        this(address, port, Attributes.DEFAULT);
    }

    /** Whether the other is the same place, whatever else is said of it. */
    boolean isPlaceOf(EndpointAddress other) {
        return port == other.port && address.equals(other.address);
    }

    // Written out: the generated ones load their bootstrap on the way to the first byte.

    @Override
    public boolean equals(Object other) {
        return other instanceof EndpointAddress that
                && port == that.port
                && address.equals(that.address)
                && attributes.equals(that.attributes);
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
