package dev.wick.store.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.store.TestStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The door, through real HTTP. Each test has a gateway of its own. */
@QuarkusTest
@QuarkusTestResource(StoreFolder.class)
class RestTest {

    private static final String HELLO =
            TestStore.listener("http", 8080)
                    + TestStore.host("hello", "hello.localhost", "hello")
                    + TestStore.cluster("hello", 9000);

    @ConfigProperty(name = "WICK_DATA")
    String data;

    @TestHTTPResource("/")
    URI root;

    private String gateway;

    @BeforeEach
    void gateway() {
        gateway = "/v1/gateways/g-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private String token(String file) throws Exception {
        return Files.readString(Path.of(data, file)).strip();
    }

    private RequestSpecification admin() throws Exception {
        return given().header("Authorization", "Bearer " + token("token"));
    }

    private RequestSpecification instance() throws Exception {
        return given().header("Authorization", "Bearer " + token("instance-token"));
    }

    private RequestSpecification with(String role) throws Exception {
        String text =
                admin().body("{\"role\":\"" + role + "\",\"comment\":\"test\"}")
                        .post("/v1/tokens")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("token");
        return given().header("Authorization", "Bearer " + text);
    }

    private ValidatableResponse apply(String yaml) throws Exception {
        return admin().body(yaml).post(gateway + "/apply").then();
    }

    @ParameterizedTest
    @CsvSource({"/openapi", "/v1/schema", "/health", "/q/health", "/q/health/ready"})
    void someThingsArePublic(String path) {
        given().get(path).then().statusCode(200);
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
    void theBodyOfADocumentMustNotNameAnother() throws Exception {
        admin().body("{kind: Cluster, name: d}").put(gateway + "/Cluster/c").then().statusCode(422);
        admin().body("{}").put(gateway + "/Clusters/c").then().statusCode(404);
    }

    @Test
    void aBundleThatIsRefusedSaysAllThatIsWrong() throws Exception {
        apply(TestStore.host("a", "a.com", "nowhere") + TestStore.cluster("c", 70_000))
                .statusCode(422)
                .contentType("application/problem+json")
                .body("problems", hasSize(2))
                .body("problems.document", hasItem("VirtualHost/a"))
                .body("problems.field", hasItem("endpoints[0].port"));
        admin().get(gateway).then().body("revision", is(0));
    }

    @ParameterizedTest
    @CsvSource({"'{'", "'[1, 2'", "'a: [b'", "'kind: [x'", "'&a [*a, *a]'", "''", "'--- ---'"})
    void aBodyThatIsNoBundleIsRefused(String body) throws Exception {
        apply(body).statusCode(422).body("detail", notNullValue());
    }

    @Test
    void aBodyThatIsTooLargeIsToldToBeSplit() throws Exception {
        byte[] large = new byte[(64 << 20) + 1];
        java.util.Arrays.fill(large, (byte) ' ');

        admin().body(large)
                .post(gateway + "/apply")
                .then()
                .statusCode(413)
                .body("detail", containsString("split"));
    }

    @Test
    void whoAnnouncesTooMuchIsRefusedBeforeItIsSent() throws Exception {
        try (Socket socket = new Socket(root.getHost(), root.getPort())) {
            socket.setSoTimeout(30_000);
            String head =
                    "POST %s/apply HTTP/1.1\r\nhost: store\r\nauthorization: Bearer %s\r\ncontent-length: 70000000\r\n\r\n# long"
                            .formatted(gateway, token("token"));
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));

            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
        }
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
    void theEtagOfTheGatewayGuardsABundle() throws Exception {
        String first = apply(HELLO).statusCode(200).extract().header("ETag");

        admin().header("If-Match", first)
                .body(TestStore.cluster("c", 1))
                .post(gateway + "/apply")
                .then()
                .statusCode(200);
        admin().header("If-Match", first)
                .body(TestStore.cluster("c", 2))
                .post(gateway + "/apply")
                .then()
                .statusCode(412);
        admin().header("If-Match", "\"somebody-else's\", \"a,b\"")
                .body(TestStore.cluster("c", 2))
                .post(gateway + "/apply")
                .then()
                .statusCode(412);
        admin().header("If-Match", "2")
                .body(TestStore.cluster("c", 2))
                .post(gateway + "/apply")
                .then()
                .statusCode(422);
        admin().get(gateway).then().header("ETag", containsString(".2"));
    }

    @Test
    void theSameKeyIsTheSameRevision() throws Exception {
        for (int i = 0; i < 3; i++) {
            admin().header("Idempotency-Key", "key-" + gateway)
                    .body(TestStore.cluster("c", 1 + i))
                    .post(gateway + "/apply")
                    .then()
                    .statusCode(200)
                    .body("revision", is(1))
                    .body("changes[0].fields[1].after", is("1"));
        }
        admin().urlEncodingEnabled(false)
                .get(gateway + "/requests/" + ("key-" + gateway).replace("/", "%2F"))
                .then()
                .statusCode(200)
                .body("revision", is(1));
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
    void revisionsAreListedShownAndRestored() throws Exception {
        apply(TestStore.cluster("c", 1));
        admin().queryParam("comment", "more")
                .body(TestStore.cluster("c", 2))
                .post(gateway + "/apply");

        admin().get(gateway + "/revisions")
                .then()
                .body("revisions.revision", equalTo(List.of(2, 1)))
                .body("revisions[0].comment", is("more"))
                .body("revisions[0].author", startsWith("admin/"));
        admin().queryParam("limit", 1)
                .get(gateway + "/revisions")
                .then()
                .body("revisions.revision", equalTo(List.of(2)))
                .body("next", is(2));
        admin().get(gateway + "/revisions/2")
                .then()
                .body("changes[0].fields[0].path", is("endpoints[0].port"))
                .body("changes[0].fields[0].before", is("1"));
        admin().post(gateway + "/revisions/1/restore")
                .then()
                .statusCode(200)
                .body("revision", is(3));
        admin().get(gateway + "/Cluster/c").then().body("endpoints[0].port", is(1));
        admin().get(gateway + "/revisions/9").then().statusCode(404);
        admin().post(gateway + "/revisions/9/restore").then().statusCode(404);
    }

    @Test
    void aSliceIsWhatServesAHost() throws Exception {
        apply(HELLO);

        String etag =
                instance()
                        .urlEncodingEnabled(false)
                        .get(gateway + "/slices/http/-/HELLO.localhost.%3A8080")
                        .then()
                        .statusCode(200)
                        .header("Wick-Matched-Domain", "hello.localhost")
                        .header("Wick-Revision", "1")
                        .header("Wick-Epoch", notNullValue())
                        .body("domain", is("hello.localhost"))
                        .body("virtualHost.name", is("hello"))
                        .body("documents[0].name", is("hello"))
                        .extract()
                        .header("ETag");
        instance()
                .header("If-None-Match", etag)
                .get(gateway + "/slices/http/-/hello.localhost")
                .then()
                .statusCode(304)
                .header("Wick-Revision", "1");
        instance()
                .get(gateway + "/slices/http/-/other.localhost")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .header("Wick-Revision", "1");
        instance().get(gateway + "/slices").then().body("listeners[0].name", is("http"));
        instance().header("Min-Revision", "9").get(gateway + "/slices").then().statusCode(503);
        instance()
                .header("Min-Revision", "9")
                .header("Wick-Epoch", "other")
                .get(gateway + "/slices")
                .then()
                .statusCode(200);
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

    @Test
    void instancesAreListedWithWhatTheyRefused() throws Exception {
        instance()
                .body(
                        """
                        {"revision":7,"version":"1","held":3,
                         "listeners":[{"name":"http","address":"127.0.0.1:8080","state":"open"}],
                         "problems":[{"document":"VirtualHost/a","field":"x","value":"1","expected":"2"}]}
                        """)
                .post(gateway + "/instances/i-1")
                .then()
                .statusCode(204);

        admin().get(gateway + "/instances")
                .then()
                .body("instances[0].instance", is("i-1"))
                .body("instances[0].revision", is(7))
                .body("instances[0].connected", is(false))
                .body("instances[0].listeners[0].state", is("open"))
                .body("instances[0].problems[0].document", is("VirtualHost/a"));
    }

    @Test
    void aChangeIsToldToWhoDrewWhatChanged() throws Exception {
        apply(HELLO);
        try (BufferedReader events =
                stream("POST", gateway + "/follow", "instance-token", "{\"instance\":\"i\"}")) {
            assertTrue(event(events).contains("\"revision\":1"));
            instance().header("Wick-Instance", "i").get(gateway + "/slices/http/-/hello.localhost");
            instance().header("Wick-Instance", "i").get(gateway + "/slices/http/-/new.localhost");
            admin().get(gateway + "/instances").then().body("instances", empty());

            apply(
                    TestStore.cluster("hello", 9001)
                            + TestStore.host("new", "new.localhost", "hello"));

            String told = event(events);
            assertTrue(told.contains("event:revision"), told);
            assertTrue(
                    told.contains(
                            "\"hosts\":[{\"listener\":\"http\",\"chain\":\"\",\"host\":\"new.localhost\"}]"),
                    told);
            assertTrue(told.contains("\"port\":9001"), told);
        }
    }

    @Test
    void aWatchBeginsWhereItIsAskedTo() throws Exception {
        apply(TestStore.cluster("c", 1));
        apply(TestStore.cluster("c", 2));
        try (BufferedReader events = stream("GET", gateway + "/watch?from=2", "token", null)) {
            assertTrue(event(events).contains("\"revision\":2"));
        }
        try (BufferedReader events =
                stream("GET", gateway + "/watch?from=2&reset=1", "token", null)) {
            assertTrue(event(events).contains("event:reset"));
        }
        admin().get(gateway + "/watch?from=0").then().statusCode(410);
        admin().get(gateway + "/watch?from=9").then().statusCode(422);
    }

    private BufferedReader stream(String method, String path, String file, String body)
            throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(root.resolve(path))
                        .header("Authorization", "Bearer " + token(file))
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build();
        HttpResponse<java.io.InputStream> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(200, response.statusCode());
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** The lines of the next event; comments are passed over. */
    private static String event(BufferedReader events) throws Exception {
        StringBuilder event = new StringBuilder();
        for (String line = events.readLine(); line != null; line = events.readLine()) {
            if (line.isEmpty() && !event.isEmpty()) {
                return event.toString();
            }
            if (!line.isEmpty() && !line.startsWith(":")) {
                event.append(line).append('\n');
            }
        }
        return event.toString();
    }
}
