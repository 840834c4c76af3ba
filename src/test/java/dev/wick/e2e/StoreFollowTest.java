package dev.wick.e2e;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Events;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

/**
 * Readers of the store's streams: watchers, and instances that are told of what they hold and of
 * nothing else.
 */
class StoreFollowTest {

    private static StoreApi gateway(String name) {
        return Store.shared().gateway("follow-" + name);
    }

    @Test
    void a_watcher_gets_every_revision_from_where_it_asked() {
        StoreApi store = gateway("watch");
        store.apply(Documents.cluster("a", 1));
        store.apply(Documents.cluster("b", 1));
        try (Events events = Events.get(Store.shared(), "/v1/gateways/follow-watch/watch?from=2")) {
            assertEquals(2, events.next().revision());
            store.apply(Documents.cluster("c", 1));
            Events.Event third = events.next();
            assertEquals(3, third.revision());
            assertTrue(third.data().contains("\"c\""), third::data);
        }
    }

    @Test
    void a_slice_holds_what_the_host_needs_and_nothing_else() {
        StoreApi store = gateway("slice");
        store.apply(
                Documents.listener()
                        + Documents.hostAndCluster("a", "*.a.test", 1)
                        + Documents.hostAndCluster("b", "b.test", 2));

        Response slice = store.get("/slices/http/-/x.a.test");

        slice.then()
                .statusCode(200)
                .body("domain", equalTo("*.a.test"))
                .body("virtualHost.name", equalTo("a"))
                .body("documents.name", hasItems("a"));
        assertEquals("1", slice.header("Wick-Revision"));
        assertTrue(!slice.body().asString().contains("b.test"), slice.body()::asString);
        store.request()
                .header("If-None-Match", slice.header("ETag"))
                .get("/slices/http/-/x.a.test")
                .then()
                .statusCode(304);
    }

    @Test
    void a_change_to_a_cluster_that_many_held_hosts_share_is_one_document() {
        StoreApi store = gateway("shared");
        StringBuilder bundle =
                new StringBuilder(Documents.listener() + Documents.cluster("shared", 1));
        StringBuilder held = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            bundle.append(Documents.host("h" + i, "h" + i + ".test", "shared"));
            held.append(held.isEmpty() ? "" : ",").append(domain("h" + i + ".test"));
        }
        store.apply(bundle.toString());
        String body =
                follow(store, 1, held.toString(), "{\"kind\":\"Cluster\",\"name\":\"shared\"}");
        try (Events events =
                Events.post(Store.shared(), "/v1/gateways/follow-shared/follow", body)) {
            assertEquals(1, events.next().revision());

            store.apply(Documents.cluster("shared", 2));

            JsonPath told = new JsonPath(events.nextWith("documents").data());
            assertEquals(1, told.getList("documents").size());
            assertEquals(2, told.getInt("documents[0].document.endpoints[0].port"));
            assertTrue(told.getList("hosts") == null || told.getList("hosts").isEmpty());
        }
    }

    @Test
    void what_is_not_held_arrives_as_a_number() {
        StoreApi store = gateway("number");
        store.apply(Documents.listener() + Documents.saying("mine", "mine.test", "x"));
        String body =
                follow(
                        store,
                        1,
                        domain("mine.test"),
                        "{\"kind\":\"VirtualHost\",\"name\":\"mine\"}");
        try (Events events =
                Events.post(Store.shared(), "/v1/gateways/follow-number/follow", body)) {
            events.next();
            store.apply(Documents.saying("other", "other.test", "x"));

            JsonPath told = new JsonPath(events.next().data());

            assertEquals(2, told.getInt("revision"));
            assertNull(told.get("hosts"));
            assertNull(told.get("documents"));
        }
    }

    @Test
    void a_held_unknown_host_and_one_under_a_wildcard_are_told_of_a_new_domain() {
        StoreApi store = gateway("unknown");
        store.apply(Documents.listener() + Documents.saying("wild", "*.wild.test", "x"));
        String body = follow(store, 1, domain("new.test") + "," + domain("a.wild.test"), "");
        try (Events events =
                Events.post(Store.shared(), "/v1/gateways/follow-unknown/follow", body)) {
            events.next();
            store.apply(Documents.saying("new", "new.test", "x"));
            assertTrue(events.nextWith("hosts").data().contains("new.test"));
            store.apply(Documents.saying("exact", "a.wild.test", "x"));
            assertTrue(events.nextWith("hosts").data().contains("a.wild.test"));
        }
    }

    @Test
    void who_comes_back_is_told_what_it_missed() {
        StoreApi store = gateway("missed");
        store.apply(Documents.listener() + Documents.saying("a", "a.test", "old"));
        store.apply(Documents.saying("a", "a.test", "new"));
        String body =
                follow(store, 1, domain("a.test"), "{\"kind\":\"VirtualHost\",\"name\":\"a\"}");
        try (Events events =
                Events.post(Store.shared(), "/v1/gateways/follow-missed/follow", body)) {
            assertTrue(events.next().data().contains("new"));
        }
    }

    @Test
    void a_follower_of_another_epoch_starts_anew() {
        StoreApi store = gateway("epoch");
        store.apply(Documents.listener());
        String body =
                "{\"instance\":\"i-epoch\",\"epoch\":\"another\",\"revision\":7,\"domains\":[],\"documents\":[]}";
        try (Events events =
                Events.post(Store.shared(), "/v1/gateways/follow-epoch/follow", body)) {
            assertEquals("reset", events.next().name());
        }
    }

    private static String domain(String host) {
        return "{\"listener\":\"http\",\"chain\":\"\",\"host\":\"" + host + "\"}";
    }

    private static String follow(StoreApi store, long revision, String domains, String documents) {
        return "{\"instance\":\"i-%s\",\"epoch\":\"%s\",\"revision\":%d,\"domains\":[%s],\"documents\":[%s]}"
                .formatted(
                        store.gateway(),
                        store.get("/slices").jsonPath().getString("epoch"),
                        revision,
                        domains,
                        documents);
    }
}
