package dev.wick.gateway.exchange;

import dev.wick.format.Facts;
import dev.wick.gateway.balance.Selection;
import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import dev.wick.route.HostChoice;
import dev.wick.route.RequestHash;
import dev.wick.route.SessionBinding;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks of its cluster's balancer, by its route, and what its client is told of the
 * host. Confined to the exchange's loop.
 */
class HostSelection extends Selection {

    private final @Nullable SessionBinding binding;
    private final @Nullable RequestHash requestHash;

    /**
     * @param hashes whether the cluster's balancer looks at the request's hash: else, as in Envoy,
     *     there is none, and no cookie is made for it
     * @param head as it goes to the host: Envoy too hashes what the route has changed
     * @param path that the client asked for
     */
    HostSelection(HostChoice choice, boolean hashes, RequestHead head, String path, Facts facts) {
        RequestHash made = hashes ? choice.hash(head, facts) : null;
        requestHash = made;
        if (made != null && made.present()) {
            hashed = true;
            hash = made.value();
        }
        subset = choice.subset();
        SessionBinding bind = choice.binding();
        boolean binds = bind != null && bind.takes(path);
        binding = binds ? bind : null;
        if (bind != null && binds) {
            bound = bind.host(head);
            strict = bound != null && bind.strict();
        }
    }

    /** The host has answered: the client is told what it is to send from now on. */
    void answered(@Nullable String host, Headers response) {
        if (requestHash != null) {
            for (String cookie : requestHash.cookies()) {
                response.add("set-cookie", cookie);
            }
        }
        if (binding != null && host != null && !host.equals(bound)) {
            binding.bind(host, response);
        }
    }
}
