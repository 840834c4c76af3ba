package dev.wick.entry;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Values by network; the longest prefix of an address wins, at the cost of the different lengths
 * that there are. Built by one thread, then read by any.
 */
final class Prefixes<V> {

    private record Length<V>(int bits, Map<ByteBuffer, V> values) {}

    private final List<Length<V>> ipv4 = new ArrayList<>();
    private final List<Length<V>> ipv6 = new ArrayList<>();

    /** The value of exactly this network, made where there is none. */
    V of(Cidr network, Supplier<V> make) {
        List<Length<V>> lengths = lengths(network.address());
        Length<V> own = null;
        for (Length<V> length : lengths) {
            own = length.bits() == network.bits() ? length : own;
        }
        if (own == null) {
            own = new Length<>(network.bits(), new HashMap<>());
            lengths.add(own);
            lengths.sort(Comparator.comparingInt(length -> -length.bits()));
        }
        return own.values()
                .computeIfAbsent(Cidr.prefix(network.address(), network.bits()), key -> make.get());
    }

    @Nullable V find(byte[] address) {
        for (Length<V> length : lengths(address)) {
            V value = length.values().get(Cidr.prefix(address, length.bits()));
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private List<Length<V>> lengths(byte[] address) {
        return address.length == 4 ? ipv4 : ipv6;
    }
}
