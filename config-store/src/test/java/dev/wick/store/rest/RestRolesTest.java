package dev.wick.store.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.wick.store.TestStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what. */
@QuarkusTest
@QuarkusTestResource(StoreFolder.class)
class RestRolesTest extends RestDoor {

    @ParameterizedTest
    @CsvSource({"/openapi", "/v1/schema", "/health", "/q/health", "/q/health/ready"})
    void someThingsArePublic(String path) {
        given().get(path).then().statusCode(200);
    }

    @Test
    void theDescriptionSaysWhatNeedsAToken() {
        given().get("/openapi?format=json")
                .then()
                .body("components.securitySchemes.token.scheme", is("bearer"))
                .body("security", is(List.of(Map.of("token", List.of()))))
                .body("paths.'/v1/schema'.get.security", is(empty()))
                .body("paths.'/v1/tokens'.get.security", is(nullValue()))
                .body("info.title", is("Wick config store"))
                .body("info.version", is("1"));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/gateways",
        "/v1/gateways/default/VirtualHost",
        "/v1/tokens",
        "/q/metrics",
        "/nothing",
        "/v1/schema/x",
        "/v1/schema%2f..%2ftokens"
    })
    void everythingElseNeedsAToken(String path) throws Exception {
        given().urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .contentType("application/problem+json");
        given().urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + token("token") + "x")
                .get(path)
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @CsvSource({
        "admin,    GET,    /VirtualHost,              200",
        "reader,   GET,    /VirtualHost,              200",
        "instance, GET,    /VirtualHost,              403",
        "admin,    POST,   /apply,                    200",
        "reader,   POST,   /apply,                    403",
        "reader,   POST,   /apply?dryRun=true,        200",
        "instance, POST,   /apply,                    403",
        "reader,   PUT,    /Cluster/c,                403",
        "reader,   DELETE, /Cluster/c,                403",
        "reader,   POST,   /revisions/1/restore,      403",
        "reader,   GET,    /slices,                   403",
        "reader,   GET,    /%73lices,                 403",
        "admin,    GET,    /slices,                   200",
        "instance, GET,    /slices,                   200",
        "instance, GET,    /slices/http/-/a.com,      404",
        "reader,   GET,    /instances,                200",
        "instance, GET,    /instances,                403",
        "instance, GET,    /revisions,                403",
        "instance, GET,    /watch,                    403",
        "reader,   POST,   /follow,                   403",
        "admin,    POST,   /instances/i,              403",
        "instance, POST,   /follow/i/drop,            422"
    })
    void aRoleMayWhatItIsFor(String role, String method, String path, int status) throws Exception {
        RequestSpecification request = with(role);
        if (method.equals("POST") && path.startsWith("/apply")) {
            request.body(TestStore.cluster("c", 1));
        }
        request.urlEncodingEnabled(false).request(method, gateway + path).then().statusCode(status);
    }

    @ParameterizedTest
    @CsvSource({"reader", "instance"})
    void onlyAnAdminSeesTokens(String role) throws Exception {
        with(role).get("/v1/tokens").then().statusCode(403);
        with(role).body("{\"role\":\"admin\"}").post("/v1/tokens").then().statusCode(403);
        with(role).delete("/v1/tokens/x").then().statusCode(403);
    }

    @Test
    void tokensAreAddedListedAndRevoked() throws Exception {
        var made = admin().body("{\"role\":\"reader\"}").post("/v1/tokens").then().extract();
        String id = made.path("id");
        String text = made.path("token");

        admin().get("/v1/tokens")
                .then()
                .body("tokens.id", hasItem(id))
                .body("tokens.token", everyItem(nullValue()));
        admin().delete("/v1/tokens/" + id).then().statusCode(204);
        given().header("Authorization", "Bearer " + text)
                .get("/v1/gateways")
                .then()
                .statusCode(401);
        admin().delete("/v1/tokens/" + id).then().statusCode(404);
        admin().body("{\"role\":\"king\"}").post("/v1/tokens").then().statusCode(422);
    }

    @Test
    void aReaderCannotFindASecretByGuessing() throws Exception {
        apply("{kind: Secret, name: s, value: hush}").statusCode(200);

        with("reader")
                .body("{kind: Secret, name: s, value: hush}")
                .post(gateway + "/apply?dryRun=true")
                .then()
                .statusCode(200)
                .body("changes[0].fields[0].after", is("(changed)"));
        admin().body("{kind: Secret, name: s, value: hush}")
                .post(gateway + "/apply?dryRun=true")
                .then()
                .body("changes", empty());
    }

    @Test
    void aSecretIsShownRedacted() throws Exception {
        apply("{kind: Secret, name: s, value: hush-hush}")
                .statusCode(200)
                .body("changes[0].fields[0].after", not(containsString("hush")));

        admin().get(gateway + "/Secret/s").then().body("value", is("(redacted)"));
        admin().get(gateway + "/Secret").then().body("items[0].value", is("(redacted)"));
        String revision = admin().get(gateway + "/revisions/1").asString();
        assertFalse(revision.contains("hush"), revision);
    }
}
