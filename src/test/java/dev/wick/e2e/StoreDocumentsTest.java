package dev.wick.e2e;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Single documents over REST: put, get, delete, preconditions, pages, idempotency. */
class StoreDocumentsTest {

    private static final String PROBLEM = "application/problem+json";

    private static StoreApi gateway(String name) {
        return Store.shared().gateway("documents-" + name);
    }

    private static String cluster(int port) {
        return "{\"endpoints\":[{\"address\":\"127.0.0.1\",\"port\":" + port + "}]}";
    }

    private static Response put(StoreApi store, String name, int port, String... headers) {
        var request = store.request().contentType("application/json").body(cluster(port));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.put("/Cluster/" + name);
    }

    @Test
    void a_document_is_put_read_and_deleted() {
        StoreApi store = gateway("put");

        Response created = put(store, "c", 1000);
        created.then().statusCode(201).body("revision", equalTo(1));
        assertNotNull(created.header("ETag"));
        put(store, "c", 1001).then().statusCode(200).body("revision", equalTo(2));

        store.get("/Cluster/c")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("kind", equalTo("Cluster"))
                .body("name", equalTo("c"))
                .body("endpoints[0].port", equalTo(1001));

        store.request().delete("/Cluster/c").then().statusCode(200).body("revision", equalTo(3));
        store.get("/Cluster/c").then().statusCode(404).contentType(PROBLEM);
        store.request().delete("/Cluster/c").then().statusCode(404).contentType(PROBLEM);
    }

    @Test
    void a_document_may_be_yaml() {
        StoreApi store = gateway("yaml");
        store.request()
                .contentType(StoreApi.YAML)
                .body("endpoints: [{address: 127.0.0.1, port: 7}]\nconnectTimeout: 250ms\n")
                .put("/Cluster/y")
                .then()
                .statusCode(201);
        store.get("/Cluster/y").then().body("connectTimeout", equalTo("250ms"));
    }

    @Test
    void kind_and_name_of_the_body_must_agree_with_the_path() {
        StoreApi store = gateway("agree");
        store.request()
                .contentType("application/json")
                .body("{\"kind\":\"Cluster\",\"name\":\"other\",\"endpoints\":[]}")
                .put("/Cluster/c")
                .then()
                .statusCode(422)
                .contentType(PROBLEM);
    }

    @Test
    void if_match_lets_one_writer_win_and_tells_the_other() {
        StoreApi store = gateway("match");
        String etag = put(store, "c", 1000).header("ETag");
        put(store, "other", 1);

        put(store, "c", 1001, "If-Match", etag).then().statusCode(200);

        put(store, "c", 1002, "If-Match", etag).then().statusCode(412).contentType(PROBLEM);
        store.get("/Cluster/c").then().body("endpoints[0].port", equalTo(1001));
        store.request().header("If-Match", etag).delete("/Cluster/c").then().statusCode(412);
        String now = store.get("/Cluster/c").header("ETag");
        store.request().header("If-Match", now).delete("/Cluster/c").then().statusCode(200);
    }

    @Test
    void if_none_match_star_creates_only() {
        StoreApi store = gateway("none-match");
        put(store, "c", 1, "If-None-Match", "*").then().statusCode(201);
        put(store, "c", 2, "If-None-Match", "*").then().statusCode(412);
    }

    @Test
    void a_list_is_paged_as_of_one_revision() {
        StoreApi store = gateway("pages");
        StringBuilder bundle = new StringBuilder();
        for (int i = 0; i < 25; i++) {
            bundle.append(Documents.cluster("c%02d".formatted(i), 1000 + i));
        }
        store.apply(bundle.toString());

        List<String> names = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonPath page = store.get("/Cluster?limit=10" + cursor).jsonPath();
            assertEquals(1, page.getLong("revision"));
            names.addAll(page.getList("items.name"));
            String next = page.getString("next");
            cursor = next == null ? "" : "&cursor=" + next;
            if (pages++ == 0) {
                store.apply(Documents.cluster("c24x", 1) + Documents.cluster("a", 1));
            }
        } while (!cursor.isEmpty());

        assertEquals(3, pages);
        assertEquals(25, names.size());
        assertFalse(names.contains("a") || names.contains("c24x"), "written after the first page");
        assertEquals(names.stream().sorted().toList(), names);
    }

    @Test
    void a_kind_that_does_not_exist_is_404() {
        gateway("kinds").get("/Nonsense").then().statusCode(404).contentType(PROBLEM);
        gateway("kinds").get("/cluster/x").then().statusCode(404).contentType(PROBLEM);
    }

    @Test
    void a_gateway_that_nobody_wrote_reads_as_revision_0() {
        gateway("never")
                .get("/Cluster")
                .then()
                .statusCode(200)
                .body("items", hasSize(0))
                .body("revision", equalTo(0));
    }

    @Test
    void the_same_idempotency_key_gives_the_same_revision_once() {
        StoreApi store = gateway("idempotent");
        String key = UUID.randomUUID().toString();
        long first = put(store, "c", 1, "Idempotency-Key", key).jsonPath().getLong("revision");
        put(store, "c", 2);

        long again = put(store, "c", 1, "Idempotency-Key", key).jsonPath().getLong("revision");

        assertEquals(first, again);
        store.get("/Cluster/c").then().body("endpoints[0].port", equalTo(2));
        store.get("/requests/" + key).then().statusCode(200).body("revision", equalTo((int) first));
        store.get("/requests/" + UUID.randomUUID()).then().statusCode(404).contentType(PROBLEM);
    }

    @Test
    void what_is_still_referred_to_cannot_be_deleted() {
        StoreApi store = gateway("referred");
        store.apply(Documents.listener() + Documents.hostAndCluster("r", "r.test", 1));

        Response refused = store.request().delete("/Cluster/r");

        refused.then().statusCode(422).contentType(PROBLEM);
        assertTrue(refused.body().asString().contains("r"), refused.body()::asString);
        store.get("/Cluster/r").then().statusCode(200);
    }

    @Test
    void secrets_are_never_shown() {
        StoreApi store = gateway("secrets");
        store.apply("kind: Secret\nname: s\nvalue: hunter2-plain\n");
        store.get("/Secret/s").then().statusCode(200).body("value", equalTo("(redacted)"));
        assertFalse(store.get("/Secret").body().asString().contains("hunter2-plain"));
        assertFalse(store.get("/revisions/1").body().asString().contains("hunter2-plain"));
    }

    @Test
    void a_body_that_is_neither_is_refused_with_what_was_expected() {
        gateway("media")
                .request()
                .contentType("application/json")
                .body("{\"endpoints\":")
                .put("/Cluster/c")
                .then()
                .statusCode(422)
                .contentType(PROBLEM)
                .body("title", containsString(""));
    }
}
