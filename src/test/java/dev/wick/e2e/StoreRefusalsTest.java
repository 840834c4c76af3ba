package dev.wick.e2e;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an instance could not compile, the store refuses: document, field, value, what was expected;
 * all at once.
 */
class StoreRefusalsTest {

    private static final StoreApi STORE = Store.shared().gateway("refusals");

    private static String host(String rest) {
        return "kind: VirtualHost\nname: h\ndomains: [h.test]\n" + rest;
    }

    private static String route(String match, String action) {
        return host("routes:\n  - match: " + match + "\n    " + action + "\n");
    }

    private static final String DIRECT = "directResponse: {status: 200}";

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("an unknown field", host("colour: red\nroutes: []\n"), "colour"),
                Arguments.of("an unknown kind", "kind: Nonsense\nname: x\n", "kind"),
                Arguments.of("a missing name", "kind: Cluster\nendpoints: []\n", "name"),
                Arguments.of(
                        "a wrong type", "kind: Cluster\nname: c\nendpoints: yes\n", "endpoints"),
                Arguments.of("a port out of range", Documents.cluster("c", 70_000), "port"),
                Arguments.of(
                        "a bad duration",
                        "kind: Cluster\nname: c\nendpoints: []\nconnectTimeout: 5\n",
                        "connectTimeout"),
                Arguments.of(
                        "a bad policy",
                        "kind: Cluster\nname: c\nendpoints: []\nlbPolicy: BEST\n",
                        "lbPolicy"),
                Arguments.of("a bad regex", route("{path: {regex: \"(\"}}", DIRECT), "regex"),
                Arguments.of(
                        "a regex that RE2 does not have",
                        route("{path: {regex: \"(a)\\\\1\"}}", DIRECT),
                        "regex"),
                Arguments.of(
                        "a path that does not begin with a slash",
                        route("{path: {prefix: x}}", DIRECT),
                        "prefix"),
                Arguments.of(
                        "two actions",
                        route("{path: {prefix: /}}", DIRECT + "\n    redirect: {host: x.test}"),
                        "routes"),
                Arguments.of(
                        "no action", host("routes:\n  - match: {path: {prefix: /}}\n"), "routes"),
                Arguments.of(
                        "a reference to nothing",
                        route("{path: {prefix: /}}", "route: {cluster: nowhere}"),
                        "cluster"),
                Arguments.of(
                        "a bad header name",
                        route(
                                "{path: {prefix: /}}",
                                DIRECT
                                        + "\n    requestHeaders: {add: [{name: \"a b\", value: x}]}"),
                        "name"),
                Arguments.of(
                        "a header value with a line break",
                        route(
                                "{path: {prefix: /}}",
                                DIRECT
                                        + "\n    requestHeaders: {add: [{name: a, value: \"x\\r\\ny: z\"}]}"),
                        "value"),
                Arguments.of(
                        "a bad status",
                        route("{path: {prefix: /}}", "directResponse: {status: 99}"),
                        "status"),
                Arguments.of(
                        "weights of nothing",
                        route("{path: {prefix: /}}", "route: {weightedClusters: []}"),
                        "weightedClusters"),
                Arguments.of(
                        "a bad domain",
                        "kind: VirtualHost\nname: h\ndomains: [\"a.*.b\"]\nroutes: []\n",
                        "domains"),
                Arguments.of(
                        "no domain",
                        "kind: VirtualHost\nname: h\ndomains: []\nroutes: []\n",
                        "domains"),
                Arguments.of(
                        "a listener that is not there",
                        host("listeners: [nowhere]\nroutes: []\n"),
                        "listeners"),
                Arguments.of(
                        "a second filter chain that takes the same",
                        "kind: Listener\nname: two\nport: 1\nfilterChains: [{name: a}, {name: b}]\n",
                        "filterChains[1].match"));
    }

    @ParameterizedTest(name = "{0} is refused")
    @MethodSource("refused")
    void what_cannot_be_compiled_is_refused(String name, String yaml, String field) {
        Response response = STORE.tryApply(yaml);

        response.then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("status", equalTo(422));
        JsonPath json = response.jsonPath();
        assertTrue(
                json.getList("problems.field").stream()
                        .anyMatch(f -> String.valueOf(f).contains(field)),
                response.body()::asString);
        assertTrue(
                json.getList("problems.expected").stream()
                        .noneMatch(e -> e == null || e.toString().isBlank()),
                response.body()::asString);
    }

    @Test
    void all_problems_of_a_bundle_come_at_once() {
        Response response =
                STORE.tryApply(
                        "kind: Cluster\nname: a\nendpoints: [{address: x, port: 0}]\n---\n"
                                + "kind: Cluster\nname: b\nsize: 3\nendpoints: []\n---\n"
                                + route("{path: {regex: \"[\"}}", "route: {cluster: nowhere}"));

        response.then().statusCode(422);
        List<Map<String, Object>> problems = response.jsonPath().getList("problems");
        assertEquals(4, problems.size(), response.body()::asString);
    }

    @Test
    void a_name_that_comes_twice_in_a_bundle_is_refused() {
        STORE.tryApply(Documents.cluster("twice", 1) + Documents.cluster("twice", 2))
                .then()
                .statusCode(422);
    }

    @Test
    void two_hosts_cannot_claim_one_domain_whatever_its_case() {
        StoreApi store = Store.shared().gateway("refusals-domains");
        store.apply(Documents.saying("a", "claimed.test", "a"));

        store.tryApply(Documents.saying("b", "CLAIMED.test.", "b")).then().statusCode(422);
        store.tryApply(Documents.saying("c", "x.test", "c") + Documents.saying("d", "X.test", "d"))
                .then()
                .statusCode(422);

        store.apply(
                Documents.saying("a", "left.test", "a")
                        + Documents.saying("b", "claimed.test", "b"));
    }

    @Test
    void a_yaml_bomb_is_refused_before_it_grows() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(10)));
        }
        STORE.tryApply(bomb.toString()).then().statusCode(422);
        STORE.tryApply("[".repeat(100_000)).then().statusCode(422);
        STORE.tryApply("a: &a [*a]\n").then().statusCode(422);
        STORE.get("/Cluster").then().statusCode(200);
    }

    @Test
    void java_objects_cannot_be_made_by_yaml() {
        STORE.tryApply("kind: !!javax.script.ScriptEngineManager [x]\nname: x\n")
                .then()
                .statusCode(422);
    }
}
