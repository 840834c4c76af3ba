package dev.wick.gateway.upstream;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The pools of a host that is told whose each connection is: one for each client, whose requests
 * alone its connections carry. Confined to its loop.
 */
final class ProxiedPools {

    private final Pool all;
    private final Map<ProxiedConnection, Pool> each = new HashMap<>();

    /**
     * @param all which has no connections of its own, and counts the requests of all clients
     */
    ProxiedPools(Pool all) {
        this.all = all;
    }

    /** That of a client. */
    Pool of(ProxiedConnection client) {
        Pool known = each.get(client);
        if (known == null) {
            known = all.madeFor(client);
            each.put(client, known);
        }
        return known;
    }

    int size() {
        return each.size();
    }

    void forget(ProxiedConnection client) {
        each.remove(client);
    }

    void closeIdle() {
        List.copyOf(each.values()).forEach(Pool::closeIdle);
    }
}
