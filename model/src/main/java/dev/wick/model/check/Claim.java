package dev.wick.model.check;

import dev.wick.model.DomainName;
import dev.wick.model.VirtualHost;
import java.util.ArrayList;
import java.util.List;

/**
 * A virtual host's hold on a domain, in the form in which the index has it.
 *
 * @param listener a name, or {@link Surroundings#EVERY_LISTENER}
 * @param chain a name, or {@link Surroundings#EVERY_CHAIN}
 * @param domain normalised
 * @param field where it stands, as {@code domains[0]}
 */
public record Claim(String listener, String chain, String domain, String field) {

    /** All that a host claims, in its order. */
    public static List<Claim> of(VirtualHost host) {
        List<String> listeners =
                host.listeners().isEmpty()
                        ? List.of(Surroundings.EVERY_LISTENER)
                        : host.listeners();
        List<String> chains =
                host.filterChains().isEmpty()
                        ? List.of(Surroundings.EVERY_CHAIN)
                        : host.filterChains();
        List<Claim> claims = new ArrayList<>(host.domains().size() * listeners.size());
        for (int i = 0; i < host.domains().size(); i++) {
            String domain = DomainName.normalise(host.domains().get(i));
            for (String listener : listeners) {
                for (String chain : chains) {
                    claims.add(new Claim(listener, chain, domain, "domains[" + i + "]"));
                }
            }
        }
        return claims;
    }
}
