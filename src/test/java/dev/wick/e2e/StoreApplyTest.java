package dev.wick.e2e;

import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Bundles: planned, applied whole or not at all, pruned, taken back. */
class StoreApplyTest {

    private static StoreApi gateway(String name) {
        return Store.shared().gateway("apply-" + name);
    }

    private static Response apply(StoreApi store, String query, String yaml) {
        return store.request().contentType(StoreApi.YAML).body(yaml).post("/apply" + query);
    }

    @Test
    void a_dry_run_says_field_by_field_what_would_change_and_changes_nothing() {
        StoreApi store = gateway("dry");
        store.apply(Documents.cluster("same", 1) + Documents.cluster("moved", 2));

        Response plan =
                apply(
                        store,
                        "?dryRun=true",
                        Documents.cluster("same", 1)
                                + Documents.cluster("moved", 3)
                                + Documents.cluster("new", 4));

        plan.then().statusCode(200).body("revision", equalTo(1)).body("changes", hasSize(2));
        JsonPath json = plan.jsonPath();
        assertEquals("changed", json.getString("changes.find { it.name == 'moved' }.change"));
        assertEquals("created", json.getString("changes.find { it.name == 'new' }.change"));
        assertTrue(
                json.getList("changes.find { it.name == 'moved' }.fields.path").stream()
                        .anyMatch(path -> path.toString().contains("port")),
                plan.body()::asString);
        assertEquals("2", json.getString("changes.find { it.name == 'moved' }.fields[0].before"));
        assertEquals("3", json.getString("changes.find { it.name == 'moved' }.fields[0].after"));
        store.get("/Cluster/moved").then().body("endpoints[0].port", equalTo(2));
        store.get("/Cluster/new").then().statusCode(404);
    }

    @Test
    void applying_what_is_already_there_makes_no_revision() {
        StoreApi store = gateway("same");
        long first = store.apply(Documents.cluster("c", 1));

        Response again = apply(store, "", Documents.cluster("c", 1));

        again.then()
                .statusCode(200)
                .body("changes", hasSize(0))
                .body("revision", equalTo((int) first));
    }

    @Test
    void prune_makes_the_bundle_the_whole_configuration() {
        StoreApi store = gateway("prune");
        store.apply(Documents.listener() + Documents.cluster("a", 1) + Documents.cluster("b", 2));

        Response pruned =
                apply(
                        store,
                        "?prune=true",
                        Documents.listener()
                                + Documents.cluster("b", 2)
                                + Documents.cluster("c", 3));

        pruned.then()
                .statusCode(200)
                .body("changes.name", containsInAnyOrder("a", "c"))
                .body("changes.find { it.name == 'a' }.change", equalTo("deleted"));
        store.get("/Cluster").then().body("items.name", equalTo(List.of("b", "c")));
    }

    @Test
    void one_bad_document_keeps_the_whole_bundle_out() {
        StoreApi store = gateway("atomic");

        Response refused =
                apply(
                        store,
                        "",
                        Documents.cluster("good", 1)
                                + Documents.cluster("bad", 1).replace("port: 1", "port: 0"));

        refused.then().statusCode(422);
        store.get("/Cluster").then().body("items", hasSize(0)).body("revision", equalTo(0));
    }

    @Test
    void of_two_bundles_with_one_if_match_exactly_one_wins() throws Exception {
        StoreApi store = gateway("race");
        store.apply(Documents.cluster("c", 1));
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 10; round++) {
                String etag = store.request().get("").header("ETag");
                List<Future<Integer>> writers = new ArrayList<>();
                for (int writer = 0; writer < 4; writer++) {
                    String bundle = Documents.cluster("c", 1000 + round * 10 + writer);
                    writers.add(
                            executor.submit(
                                    () ->
                                            store.request()
                                                    .contentType(StoreApi.YAML)
                                                    .header("If-Match", etag)
                                                    .body(bundle)
                                                    .post("/apply")
                                                    .statusCode()));
                }
                List<Integer> statuses = new ArrayList<>();
                for (Future<Integer> writer : writers) {
                    statuses.add(writer.get());
                }
                statuses.sort(null);
                assertEquals(List.of(200, 412, 412, 412), statuses);
            }
        }
    }

    @Test
    void writers_without_a_precondition_all_get_through() throws Exception {
        StoreApi store = gateway("crowd");
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> writers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String bundle = Documents.cluster("c" + i, 1000 + i);
                writers.add(executor.submit(() -> store.apply(bundle)));
            }
            List<Long> revisions = new ArrayList<>();
            for (Future<Long> writer : writers) {
                revisions.add(writer.get());
            }
            assertEquals(40, revisions.stream().distinct().count());
        }
        store.get("/Cluster").then().body("revision", equalTo(40));
        store.get("/Cluster?limit=100").then().body("items", hasSize(40));
    }

    @Test
    void revisions_tell_what_changed_and_bring_it_back() {
        StoreApi store = gateway("history");
        store.apply(Documents.cluster("a", 1));
        apply(
                store,
                "?comment=move-and-add",
                Documents.cluster("a", 2) + Documents.cluster("b", 1));
        store.request().delete("/Cluster/a").then().statusCode(200);

        store.get("/revisions")
                .then()
                .statusCode(200)
                .body("revisions.revision", equalTo(List.of(3, 2, 1)))
                .body("revisions[1].comment", equalTo("move-and-add"));
        store.get("/revisions/2")
                .then()
                .statusCode(200)
                .body("changes.name", containsInAnyOrder("a", "b"))
                .body("changes.find { it.name == 'a' }.fields[0].before", equalTo("1"));
        store.get("/revisions/99").then().statusCode(404);

        store.request()
                .post("/revisions/1/restore")
                .then()
                .statusCode(200)
                .body("revision", equalTo(4));
        store.get("/Cluster").then().body("items.name", equalTo(List.of("a")));
        store.get("/Cluster/a").then().body("endpoints[0].port", equalTo(1));
    }

    @Test
    void a_bundle_may_be_json() {
        StoreApi store = gateway("json");
        store.request()
                .contentType("application/json")
                .body(
                        "[{\"kind\":\"Cluster\",\"name\":\"j\",\"endpoints\":[{\"address\":\"::1\",\"port\":1}]}]")
                .post("/apply")
                .then()
                .statusCode(200)
                .body("changes.name", equalTo(List.of("j")));
    }

    @Test
    void a_body_that_is_too_large_is_413_and_says_to_split() {
        try (Http1 client = Http1.open(Store.shared().port())) {
            client.send(
                    "POST /v1/gateways/apply-large/apply HTTP/1.1\r\nhost: store\r\nauthorization: Bearer "
                            + Store.shared().adminToken()
                            + "\r\ncontent-type: application/yaml\r\ncontent-length: 70000000\r\n\r\n");
            String million = "#".repeat(1_000_000);
            for (int i = 0; i < 70; i++) {
                client.send(million);
            }
            Reply refused = client.reply("POST");

            assertEquals(413, refused.status());
            assertTrue(refused.text().contains("split"), refused::text);
            assertTrue(client.ended());
        }
    }
}
