package dev.wick.store.rest;

import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.store.TestStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents, one at a time and page by page, and what a request to them would meet. */
@QuarkusTest
@QuarkusTestResource(StoreFolder.class)
class RestDocumentsTest extends RestDoor {

    @ParameterizedTest
    @CsvSource({"_store", "A", "a.b", "a_b", "%20"})
    void aGatewayIsNamedPlainly(String name) throws Exception {
        admin().urlEncodingEnabled(false)
                .get("/v1/gateways/" + name)
                .then()
                .statusCode(422)
                .body("problems[0].expected", is("1-63 characters of a-z 0-9 -"));
    }

    @Test
    void aDocumentIsPutReadAndDeleted() throws Exception {
        String path = gateway + "/Cluster/c";
        String first =
                admin().body("endpoints: [{address: 127.0.0.1, port: 1}]")
                        .put(path)
                        .then()
                        .statusCode(201)
                        .body("revision", is(1))
                        .extract()
                        .header("ETag");

        admin().get(path).then().statusCode(200).header("ETag", first).body("name", is("c"));
        admin().header("If-None-Match", first).get(path).then().statusCode(304);
        admin().body("{\"endpoints\":[{\"address\":\"127.0.0.1\",\"port\":2}]}")
                .header("If-Match", first)
                .put(path)
                .then()
                .statusCode(200)
                .body("revision", is(2));
        admin().body("{}").header("If-Match", first).put(path).then().statusCode(412);
        admin().body("{}").header("If-None-Match", "*").put(path).then().statusCode(412);
        admin().header("If-Match", first).delete(path).then().statusCode(412);
        admin().delete(path).then().statusCode(200).body("changes[0].change", is("deleted"));
        admin().delete(path).then().statusCode(404);
        admin().get(path).then().statusCode(404).contentType("application/problem+json");
        admin().header("If-Match", "*").body("{}").put(path).then().statusCode(412);
    }

    @Test
    void aPutThatChangesNothingKeepsTheDocumentsEtag() throws Exception {
        apply(TestStore.cluster("c", 1));
        apply(TestStore.cluster("d", 1));

        String etag =
                admin().body("endpoints: [{address: 127.0.0.1, port: 1}]")
                        .put(gateway + "/Cluster/c")
                        .then()
                        .statusCode(200)
                        .body("changes", empty())
                        .extract()
                        .header("ETag");

        assertTrue(etag.endsWith(".1\""), etag);
    }

    @Test
    void aWeakTagIsNoPrecondition() throws Exception {
        String etag = apply(TestStore.cluster("c", 1)).extract().header("ETag");
        String path = gateway + "/Cluster/c";

        admin().header("If-Match", "W/" + etag).body("{}").put(path).then().statusCode(412);
        admin().header("If-Match", "W/" + etag).delete(path).then().statusCode(412);
        admin().header("If-Match", "W/" + etag)
                .body(TestStore.cluster("c", 2))
                .post(gateway + "/apply")
                .then()
                .statusCode(412);
        admin().header("If-Match", "W/" + etag + ", " + etag)
                .body("{}")
                .put(path)
                .then()
                .statusCode(200);
    }

    @Test
    void aConditionThatWouldNotBeLookedAtIsRefused() throws Exception {
        String etag = apply(TestStore.cluster("c", 1)).extract().header("ETag");
        for (String path : List.of("/apply", "/revisions/1/restore")) {
            admin().header("If-None-Match", "*")
                    .body(TestStore.cluster("c", 2))
                    .post(gateway + path)
                    .then()
                    .statusCode(422)
                    .body("problems[0].field", is("If-None-Match"));
        }
        admin().header("If-Match", etag)
                .header("If-None-Match", "*")
                .body("{}")
                .put(gateway + "/Cluster/c")
                .then()
                .statusCode(422);
        admin().get(gateway).then().body("revision", is(1));
    }

    @Test
    void theBodyOfADocumentMustNotNameAnother() throws Exception {
        admin().body("{kind: Cluster, name: d}").put(gateway + "/Cluster/c").then().statusCode(422);
        admin().body("{}").put(gateway + "/Clusters/c").then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({"GET, 422", "DELETE, 422", "PUT, 422"})
    void aNameThatCannotBeIsRefused(String method, int status) throws Exception {
        RequestSpecification request = admin().urlEncodingEnabled(false);
        if (method.equals("PUT")) {
            request.body("{}");
        }
        request.request(method, gateway + "/Cluster/a%00b").then().statusCode(status);
    }

    @Test
    void documentsAreReadPageByPageAsOfOneRevision() throws Exception {
        StringBuilder bundle = new StringBuilder();
        for (int i = 0; i < 25; i++) {
            bundle.append(TestStore.cluster(String.format("c%02d", i), 1));
        }
        apply(bundle.toString()).statusCode(200);

        List<String> names = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            var page =
                    admin().queryParam("limit", 10)
                            .queryParam("cursor", cursor)
                            .get(gateway + "/Cluster")
                            .then()
                            .statusCode(200)
                            .body("revision", is(1))
                            .extract();
            names.addAll(page.path("items.name"));
            cursor = page.path("next");
            apply(TestStore.cluster("c9" + names.size(), 1));
        }

        assertEquals(25, names.size());
        assertEquals("c00", names.getFirst());
        assertEquals("c24", names.getLast());
        admin().queryParam("cursor", "x").get(gateway + "/Cluster").then().statusCode(422);
        admin().queryParam("limit", 0).get(gateway + "/Cluster").then().statusCode(422);
    }

    @Test
    void aRequestIsExplained() throws Exception {
        apply(HELLO);

        with("reader")
                .body("{\"method\":\"GET\",\"url\":\"http://hello.localhost:8080/x?y\"}")
                .post(gateway + "/explain")
                .then()
                .statusCode(200)
                .body("listener", is("http"))
                .body("virtualHost", is("hello"))
                .body("route.index", is(0))
                .body("cluster", is("hello"))
                .body("endpoints", equalTo(List.of("127.0.0.1:9000")));
        admin().body("{\"url\":\"http://nope.localhost/\"}")
                .post(gateway + "/explain")
                .then()
                .statusCode(200)
                .body("virtualHost", nullValue())
                .body("action", startsWith("404"));
        admin().body("{\"url\":\"/x\"}").post(gateway + "/explain").then().statusCode(422);
    }
}
