package dev.wick.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Ports;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The store goes away and comes back, killed hard each time. */
class StoreAwayTest {

    @Test
    void what_is_held_serves_on_and_what_cannot_be_known_is_never_404() {
        try (Upstream upstream = Upstream.saying("held");
                Store store = Store.start()) {
            StoreApi api = store.gateway("default");
            api.apply(
                    Documents.listener()
                            + Documents.hostAndCluster("held", "held.test", upstream.port())
                            + Documents.saying("late", "late.test", "late"));
            try (Gateway gateway = Gateway.start(store, "default", "--fetch-timeout", "400ms")) {
                assertEquals("held", gateway.get("held.test", "/").text());

                store.kill9();

                assertEquals("held", gateway.get("held.test", "/").text());
                assertUnavailable(gateway.get("late.test", "/"));

                gateway.kill9();
                gateway.restart();
                assertEquals("held", gateway.get("held.test", "/").text(), "from the disk copy");
                assertUnavailable(gateway.get("late.test", "/"));

                store.restart();
                eventually(gateway, "late.test", 200, "late");
                api.apply(Documents.saying("held", "held.test", "changed"));
                eventually(gateway, "held.test", 200, "changed");
                assertEquals(404, gateway.get("nobody.test", "/").status());
            }
        }
    }

    @Test
    void a_change_made_while_an_instance_could_not_listen_reaches_it_later() {
        try (Store store = Store.start()) {
            StoreApi api = store.gateway("default");
            api.apply(Documents.listener() + Documents.saying("a", "a.test", "old"));
            try (Gateway gateway = Gateway.start(store, "default")) {
                assertEquals("old", gateway.get("a.test", "/").text());
                gateway.process().suspend();
                api.apply(Documents.saying("a", "a.test", "new"));
                store.kill9();
                gateway.process().resume();
                store.restart();

                eventually(gateway, "a.test", 200, "new");
            }
        }
    }

    @Test
    void an_instance_opens_its_port_before_there_is_a_store() {
        String nowhere = "http://127.0.0.1:" + Ports.free();
        try (Gateway gateway =
                Gateway.start(nowhere, "default", "token", "--fetch-timeout", "300ms")) {
            assertUnavailable(gateway.get("any.test", "/"));
        }
    }

    private static void assertUnavailable(Reply reply) {
        assertEquals(503, reply.status(), reply::text);
        assertTrue(reply.text().contains("configuration_unavailable"), reply::text);
        assertNotNull(reply.field("retry-after"));
    }

    private static void eventually(Gateway gateway, String host, int status, String text) {
        await().pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> {
                            Reply reply = gateway.get(host, "/");
                            assertEquals(status, reply.status(), reply::text);
                            assertEquals(text, reply.text());
                        });
    }
}
