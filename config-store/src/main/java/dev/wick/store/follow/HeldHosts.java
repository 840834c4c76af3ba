package dev.wick.store.follow;

import dev.wick.model.DomainName;
import dev.wick.store.keep.DomainKey;
import dev.wick.store.slice.HostName;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Which followers hold which hosts, found by a domain that may be a wildcard at the cost of what it
 * finds. Guarded by its {@link GatewayFollowers}.
 *
 * <p>Hosts stand under their name without port, forwards and backwards, so that a prefix or a
 * suffix is a range.
 */
final class HeldHosts {

    private final NavigableMap<String, Map<HostName, Set<Follower>>> forwards = new TreeMap<>();
    private final NavigableMap<String, Map<HostName, Set<Follower>>> backwards = new TreeMap<>();

    void add(HostName host, Follower follower) {
        String name = DomainName.withoutPort(host.host());
        Map<HostName, Set<Follower>> hosts = forwards.get(name);
        if (hosts == null) {
            hosts = new HashMap<>(2);
            forwards.put(name, hosts);
            backwards.put(reversed(name), hosts);
        }
        hosts.computeIfAbsent(host, h -> new HashSet<>(2)).add(follower);
    }

    void remove(HostName host, Follower follower) {
        String name = DomainName.withoutPort(host.host());
        Map<HostName, Set<Follower>> hosts = forwards.get(name);
        Set<Follower> followers = hosts == null ? null : hosts.get(host);
        if (hosts == null || followers == null || !followers.remove(follower)) {
            return;
        }
        if (followers.isEmpty()) {
            hosts.remove(host);
        }
        if (hosts.isEmpty()) {
            forwards.remove(name);
            backwards.remove(reversed(name));
        }
    }

    /**
     * Those hosts that the domain could serve, listener and chain considered; a few more where
     * ports differ.
     */
    void find(DomainKey domain, BiConsumer<HostName, Set<Follower>> found) {
        for (Map<HostName, Set<Follower>> hosts : range(DomainName.withoutPort(domain.domain()))) {
            hosts.forEach(
                    (host, followers) -> {
                        if (sees(host, domain)) {
                            found.accept(host, followers);
                        }
                    });
        }
    }

    private static boolean sees(HostName host, DomainKey domain) {
        boolean listener =
                domain.listener().equals("*") || domain.listener().equals(host.listener());
        boolean everyChain = domain.chain().isEmpty() && !host.chain().equals(HostName.CLUSTERS);
        return listener && (everyChain || domain.chain().equals(host.chain()));
    }

    private Collection<Map<HostName, Set<Follower>>> range(String domain) {
        if (domain.equals(DomainName.ANY)) {
            return forwards.values();
        }
        if (domain.startsWith("*")) {
            return startingWith(backwards, reversed(domain.substring(1)));
        }
        if (domain.endsWith("*")) {
            return startingWith(forwards, domain.substring(0, domain.length() - 1));
        }
        return forwards.subMap(domain, true, domain, true).values();
    }

    private static Collection<Map<HostName, Set<Follower>>> startingWith(
            NavigableMap<String, Map<HostName, Set<Follower>>> names, String start) {
        return names.subMap(start, true, start + Character.MAX_VALUE, false).values();
    }

    private static String reversed(String text) {
        return new StringBuilder(text).reverse().toString();
    }
}
