package dev.wick.store.explain;

import dev.wick.model.ClientAddress;
import dev.wick.model.FilterChain;
import dev.wick.model.HttpOptions;
import dev.wick.model.Listener;
import dev.wick.model.wire.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The listener that accepts a connection, and the chain of it that takes it. */
record Accepting(Listener listener, FilterChain chain) {

    /** Chains are told by the steps that chose one. */
    private static final Set<String> CHAINS = Set.of("name", "filterChains", "defaultFilterChain");

    /** How HTTP is treated. */
    HttpOptions http() {
        HttpOptions own = chain.http();
        return own == null ? listener.http() : own;
    }

    /** Who the listener is, in explanations. */
    String name() {
        return listener.kind().spelling() + "/" + listener.name();
    }

    /** Who says how HTTP is treated. */
    String httpFrom() {
        return chain.http() == null ? name() : "filter chain " + chain.name();
    }

    void tell(Told told) {
        Map<String, String> origins = new LinkedHashMap<>();
        origins.put("http", httpFrom());
        ClientAddress address = http().clientAddress();
        if (address.useRemoteAddress() == null) {
            origins.put("http.useRemoteAddress", Told.DEFAULT);
        }
        told.add(name(), Settings.of(inForce()), origins, CHAINS);
    }

    private Listener inForce() {
        HttpOptions http = http();
        ClientAddress address = http.clientAddress();
        HttpOptions whole =
                new HttpOptions(
                        http.protocols(),
                        new ClientAddress(
                                address.usesRemoteAddress(),
                                address.xffNumTrustedHops(),
                                address.skipXffAppend(),
                                address.appendXForwardedPort(),
                                address.detections(),
                                address.internalCidrs()),
                        http.normalization(),
                        http.headers(),
                        http.policies());
        return new Listener(
                listener.name(),
                listener.address(),
                listener.port(),
                listener.protocol(),
                List.of(FilterChain.UNNAMED),
                null,
                whole,
                listener.acceptance());
    }
}
