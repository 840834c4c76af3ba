package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand virtual hosts, each with a cluster of its own, in one apply. The full form is {@code
 * ./wick bench load}.
 */
class ManyHostsTest {

    @Test
    void ten_thousand_hosts_in_one_apply_are_served_and_survive_a_kill() {
        StringBuilder bundle = new StringBuilder(Documents.listener());
        for (int i = 0; i < 10_000; i++) {
            bundle.append(Documents.saying("h" + i, "h" + i + ".many.test", "host " + i))
                    .append(Documents.cluster("h" + i, 1 + i));
        }
        try (Store store = Store.start()) {
            StoreApi api = store.gateway("default");
            assertEquals(1, api.apply(bundle.toString()));
            try (Gateway gateway = Gateway.start(store, "default")) {
                assertEquals("host 0", gateway.get("h0.many.test", "/").text());
                store.kill9();
                store.restart();
                assertEquals("host 9999", gateway.get("h9999.many.test", "/").text());
                assertEquals(2, api.apply(Documents.cluster("h5000", 1)));
                assertEquals("host 5000", gateway.get("h5000.many.test", "/").text());
            }
        }
    }
}
