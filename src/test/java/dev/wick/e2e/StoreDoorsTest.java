package dev.wick.e2e;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what: tokens and roles, and the few pages that need none. */
class StoreDoorsTest {

    private static final StoreApi ADMIN = Store.shared().gateway("doors");
    private static final StoreApi NOBODY = ADMIN.withToken("");

    private static String token(String role) {
        return ADMIN.root()
                .contentType("application/json")
                .body("{\"role\":\"" + role + "\",\"comment\":\"for a test\"}")
                .post("/v1/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/openapi", "/v1/schema", "/q/health", "/q/health/ready", "/q/health/live"})
    void these_pages_are_public(String path) {
        NOBODY.root().get(path).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/gateways",
                "/v1/gateways/doors",
                "/v1/gateways/doors/Cluster",
                "/v1/gateways/doors/slices",
                "/v1/gateways/doors/revisions",
                "/v1/gateways/doors/watch?from=0",
                "/v1/gateways/doors/instances",
                "/v1/gateways/doors/requests/x",
                "/v1/tokens",
                "/q/metrics"
            })
    void everything_else_wants_a_token(String path) {
        NOBODY.root().get(path).then().statusCode(401);
        ADMIN.withToken("wrong").root().get(path).then().statusCode(401);
    }

    @Test
    void the_schema_describes_the_language_that_the_store_takes() {
        NOBODY.root()
                .get("/v1/schema")
                .then()
                .body("$schema", notNullValue())
                .body(containsString("VirtualHost"))
                .body(containsString("prefixRewrite"));
    }

    @Test
    void openapi_names_the_paths() {
        NOBODY.root()
                .get("/openapi")
                .then()
                .body(containsString("/v1/gateways/{gateway}/apply"))
                .body(containsString("/v1/gateways/{gateway}/{kind}/{name}"));
    }

    @Test
    void a_reader_reads_and_plans_and_writes_nothing() {
        ADMIN.apply(Documents.listener() + Documents.cluster("read", 1));
        StoreApi reader = ADMIN.withToken(token("reader"));

        reader.get("/Cluster/read").then().statusCode(200);
        reader.get("/revisions").then().statusCode(200);
        reader.request()
                .contentType(StoreApi.YAML)
                .body(Documents.cluster("x", 1))
                .post("/apply?dryRun=true")
                .then()
                .statusCode(200);
        reader.tryApply(Documents.cluster("x", 1)).then().statusCode(403);
        reader.request().delete("/Cluster/read").then().statusCode(403);
        reader.get("/slices").then().statusCode(403);
        reader.root().get("/v1/tokens").then().statusCode(403);
    }

    @Test
    void an_instance_draws_slices_and_nothing_else() {
        ADMIN.apply(Documents.listener());
        StoreApi instance = ADMIN.withToken(Store.shared().instanceToken());

        instance.get("/slices").then().statusCode(200);
        instance.get("/slices/http/-/nobody.test")
                .then()
                .statusCode(404)
                .header("Wick-Revision", notNullValue());
        instance.get("/Cluster").then().statusCode(403);
        instance.tryApply(Documents.cluster("x", 1)).then().statusCode(403);
    }

    @Test
    void a_revoked_token_opens_nothing() {
        Response made =
                ADMIN.root()
                        .contentType("application/json")
                        .body("{\"role\":\"reader\"}")
                        .post("/v1/tokens");
        StoreApi reader = ADMIN.withToken(made.path("token"));
        reader.get("/Cluster").then().statusCode(200);
        ADMIN.root().get("/v1/tokens").then().body(not(containsString(made.path("token"))));

        ADMIN.root().delete("/v1/tokens/" + made.path("id")).then().statusCode(204);

        reader.get("/Cluster").then().statusCode(401);
    }

    @Test
    void a_role_that_does_not_exist_is_refused() {
        ADMIN.root()
                .contentType("application/json")
                .body("{\"role\":\"king\"}")
                .post("/v1/tokens")
                .then()
                .statusCode(422);
    }

    @Test
    void tokens_on_disk_are_for_their_owner_only() throws IOException {
        for (String file : new String[] {"token", "instance-token"}) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(Store.shared().data().resolve(file))));
        }
    }

    @Test
    void the_reserved_gateway_is_not_for_documents() {
        StoreApi reserved = Store.shared().gateway("_store");
        int status = reserved.tryApply(Documents.cluster("x", 1)).statusCode();
        assertTrue(status >= 400 && status < 500, () -> "status " + status);
    }

    @Test
    void a_refusal_is_problem_json() {
        NOBODY.get("/Cluster")
                .then()
                .contentType("application/problem+json")
                .body("status", equalTo(401));
    }
}
