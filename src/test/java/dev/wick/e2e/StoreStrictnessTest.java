package dev.wick.e2e;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not understood is refused, rather than passed over. */
class StoreStrictnessTest {

    private static final StoreApi API = Store.shared().gateway("strict");

    @BeforeAll
    static void configuration() {
        API.apply(Documents.listener() + Documents.cluster("there", 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dryRun=1",
                "dryRun=TRUE",
                "dryRun=",
                "dryrun=true",
                "dry-run=true",
                "dryRun=true&dryRun=false",
                "prune=yes",
                "dryRun=true&x=1"
            })
    void a_plan_that_is_asked_for_in_other_words_is_no_change(String query) {
        long before = API.get("").jsonPath().getLong("revision");

        API.request()
                .contentType(StoreApi.YAML)
                .body(Documents.cluster("not-there", 1))
                .post("/apply?" + query)
                .then()
                .statusCode(422)
                .body("problems[0].expected", notNullValue());

        API.get("").then().body("revision", equalTo((int) before));
        API.get("/Cluster/not-there").then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({
        "/Cluster?limit=x, limit: x (expected: 1-1000)",
        "/Cluster?limit=0, limit: 0 (expected: 1-1000)",
        "/Cluster?page=2, 'page: unknown (expected: cursor, limit)'",
        "/revisions?before=x, 'before: x (expected: a number, 1 or more)'",
        "/revisions?limit=1001, limit: 1001 (expected: 1-1000)",
        "/watch?from=x, 'from: x (expected: a number, 0 or more)'",
        "/watch?reset=maybe, reset: maybe (expected: true or false)",
        "/instances?all=1, all: unknown (expected: no parameters)",
    })
    void a_parameter_that_does_not_fit_says_what_does(String path, String detail) {
        API.get(path).then().statusCode(422).body("detail", equalTo(detail));
    }

    @ParameterizedTest
    @CsvSource({
        "/explain, '{\"method\":\"GET\",\"uri\":\"http://x/\"}', unknown (expected: a field of"
                + " chain",
        "/explain, '[]', (expected: an object)",
        "/explain, '{\"headers\":1}', headers: (expected: a list)",
        "/v1/tokens, '{\"roles\":\"reader\"}', unknown (expected: a field of comment",
        "/v1/tokens, '{\"role\":[]}', role: (expected: a text)",
    })
    void a_body_that_does_not_fit_says_what_does(String path, String body, String detail) {
        (path.startsWith("/v1") ? API.root() : API.request())
                .contentType("application/json")
                .body(body)
                .post(path)
                .then()
                .statusCode(422)
                .body("detail", containsString(detail));
    }

    @Test
    void a_document_that_is_known_already_is_not_sent_again() {
        String etag = API.get("/Cluster/there").header("ETag");
        for (String known : new String[] {etag, "\"x.1\", " + etag, "W/" + etag, "*"}) {
            API.request()
                    .header("If-None-Match", known)
                    .get("/Cluster/there")
                    .then()
                    .statusCode(304);
        }
        for (String other : new String[] {"\"x.1\"", "x", ""}) {
            API.request()
                    .header("If-None-Match", other)
                    .get("/Cluster/there")
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void of_a_list_of_etags_one_that_is_there_is_enough() {
        String etag = API.get("/Cluster/there").header("ETag");
        String body = Documents.cluster("there", 2);
        assertEquals(412, put("\"foreign.1\", \"a,b\"", body));
        assertEquals(200, put("\"foreign.1\", " + etag, body));
        assertEquals(422, put("\"unfinished", body));
    }

    private static int put(String ifMatch, String body) {
        return API.request()
                .contentType(StoreApi.YAML)
                .header("If-Match", ifMatch)
                .body(body)
                .put("/Cluster/there?dryRun=true")
                .statusCode();
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void a_name_that_no_path_can_have_is_refused(String name) {
        API.tryApply(Documents.cluster("'" + name + "'", 1)).then().statusCode(422);
    }

    @Test
    void an_export_makes_an_empty_gateway_the_same() {
        StoreApi copy = Store.shared().gateway("strict-copy");
        StringBuilder all = new StringBuilder();
        for (String kind : new String[] {"Listener", "Cluster"}) {
            String items = API.get("/" + kind).jsonPath().prettify();
            assertTrue(items.contains(kind), items);
            API.get("/" + kind)
                    .jsonPath()
                    .getList("items.name")
                    .forEach(
                            name ->
                                    all.append(API.get("/" + kind + "/" + name).asString())
                                            .append('\n'));
        }

        copy.apply(all.toString());

        for (String kind : new String[] {"Listener", "Cluster"}) {
            assertEquals(
                    API.get("/" + kind).jsonPath().getList("items"),
                    copy.get("/" + kind).jsonPath().getList("items"));
        }
    }
}
