package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * The walk: a store, an instance that starts with no configuration at all, a route pushed through
 * the API, traffic.
 */
class FirstRouteTest {

    private static final String FIRST_ROUTE =
            """
            kind: VirtualHost
            name: hello
            domains: [hello.localhost]
            routes:
              - match: {path: {prefix: /}}
                route: {cluster: hello}
            ---
            kind: Cluster
            name: hello
            endpoints: [{address: 127.0.0.1, port: 9000}]
            """;

    private final StoreApi store = Store.shared().gateway("first-route");

    @AutoClose private final Upstream upstream = Upstream.saying("hello, wick\n");

    @Test
    void traffic_flows_through_an_instance_that_started_with_no_configuration() {
        try (Gateway gateway = Gateway.start(Store.shared(), "first-route")) {
            store.apply(Documents.listener());
            store.apply(FIRST_ROUTE.replace("9000", Integer.toString(upstream.port())));

            Reply reply = gateway.get("hello.localhost:" + gateway.port(), "/greeting?who=me");

            assertEquals(200, reply.status(), reply::text);
            assertEquals("hello, wick\n", reply.text());
            assertEquals("/greeting?who=me", upstream.last().target());
        }
    }
}
