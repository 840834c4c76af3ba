package dev.wick.entry;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which filter chain takes a connection. Built by one thread, then read by any.
 *
 * <p>Criteria stand in Envoy's order: destination port, destination address, (server name,
 * transport protocol, application protocol: with TLS,) the connection's other end, source type,
 * source address, source port. At each, the most specific value that fits decides, and there is no
 * way back: where it leads to nothing, no chain takes the connection.
 *
 * @param <C> what a chain is
 */
public final class ChainTable<C> {

    /** Where a connection comes from. */
    public enum Source {
        ANY,
        /** This machine. */
        LOCAL,
        EXTERNAL
    }

    /**
     * What a chain takes.
     *
     * @param destinationPort 0: any
     * @param destinations empty: any
     * @param directSources empty: any
     * @param sources empty: any
     * @param sourcePorts empty: any
     */
    public record Criteria(
            int destinationPort,
            List<Cidr> destinations,
            List<Cidr> directSources,
            Source source,
            List<Cidr> sources,
            List<Integer> sourcePorts) {}

    /**
     * A connection.
     *
     * @param directSource its other end
     * @param source the client, which a PROXY header may have told
     */
    public record Ends(
            byte[] destination,
            int destinationPort,
            byte[] directSource,
            byte[] source,
            int sourcePort) {}

    private static final List<Cidr> EVERYWHERE = List.of(Cidr.EVERY_IPV4, Cidr.EVERY_IPV6);

    /** The three kinds of sources, by their ordinals; null where no chain asks for one. */
    private static final class Sources<C> {
        private final @Nullable Prefixes<Map<Integer, C>>[] kinds = kinds();

        @SuppressWarnings({"unchecked", "rawtypes"})
        private static <C> @Nullable Prefixes<Map<Integer, C>>[] kinds() {
            return new Prefixes[Source.values().length];
        }

        Prefixes<Map<Integer, C>> of(Source source) {
            Prefixes<Map<Integer, C>> known = kinds[source.ordinal()];
            if (known == null) {
                known = new Prefixes<>();
                kinds[source.ordinal()] = known;
            }
            return known;
        }

        @Nullable Prefixes<Map<Integer, C>> find(boolean local) {
            Source kind = local ? Source.LOCAL : Source.EXTERNAL;
            Prefixes<Map<Integer, C>> found = kinds[kind.ordinal()];
            return found == null ? kinds[Source.ANY.ordinal()] : found;
        }
    }

    private final Map<Integer, Prefixes<Prefixes<Sources<C>>>> ports = new HashMap<>();

    /** Adds a chain; no other may take exactly the same. */
    public void add(Criteria criteria, C chain) {
        Prefixes<Prefixes<Sources<C>>> destinations =
                ports.computeIfAbsent(criteria.destinationPort(), port -> new Prefixes<>());
        for (Cidr destination : orEvery(criteria.destinations())) {
            Prefixes<Sources<C>> directs = destinations.of(destination, Prefixes::new);
            for (Cidr direct : orEvery(criteria.directSources())) {
                Prefixes<Map<Integer, C>> sources =
                        directs.of(direct, Sources::new).of(criteria.source());
                for (Cidr source : orEvery(criteria.sources())) {
                    Map<Integer, C> byPort = sources.of(source, HashMap::new);
                    for (Integer port : orAny(criteria.sourcePorts())) {
                        byPort.put(port, chain);
                    }
                }
            }
        }
    }

    private static List<Cidr> orEvery(List<Cidr> networks) {
        return networks.isEmpty() ? EVERYWHERE : networks;
    }

    private static List<Integer> orAny(List<Integer> numbers) {
        return numbers.isEmpty() ? List.of(0) : numbers;
    }

    /** Null: none takes it. */
    public @Nullable C find(Ends ends) {
        Prefixes<Prefixes<Sources<C>>> destinations = ports.get(ends.destinationPort());
        if (destinations == null) {
            destinations = ports.get(0);
        }
        Prefixes<Sources<C>> directs =
                destinations == null ? null : destinations.find(ends.destination());
        Sources<C> kinds = directs == null ? null : directs.find(ends.directSource());
        Prefixes<Map<Integer, C>> sources = kinds == null ? null : kinds.find(isLocal(ends));
        Map<Integer, C> byPort = sources == null ? null : sources.find(ends.source());
        if (byPort == null) {
            return null;
        }
        C chain = byPort.get(ends.sourcePort());
        return chain == null ? byPort.get(0) : chain;
    }

    private static boolean isLocal(Ends ends) {
        byte[] source = ends.source();
        return Arrays.equals(source, ends.destination())
                || source.length == 4 && source[0] == 127
                || source.length == 16 && isOne(source);
    }

    private static boolean isOne(byte[] address) {
        for (int i = 0; i < address.length; i++) {
            if (address[i] != (i == address.length - 1 ? 1 : 0)) {
                return false;
            }
        }
        return true;
    }
}
