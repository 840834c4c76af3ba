package dev.wick.store.rest;

import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.store.TestStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What instances ask and tell, and what is streamed. */
@QuarkusTest
@QuarkusTestResource(StoreFolder.class)
class RestInstancesTest extends RestDoor {

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

    @ParameterizedTest
    @ValueSource(strings = {"/slices", "/slices/http/-/hello.localhost"})
    void aRevisionThatIsNoNumberIsNamed(String path) throws Exception {
        for (String least : List.of("x", "-1", "1.5")) {
            instance()
                    .header("Min-Revision", least)
                    .get(gateway + path)
                    .then()
                    .statusCode(422)
                    .contentType("application/problem+json")
                    .body(
                            "detail",
                            is("Min-Revision: " + least + " (expected: a number, 0 or more)"))
                    .body("problems[0].field", is("Min-Revision"));
        }
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
    void aSliceSaysForHowLongItsHostsAreEjectedYet() throws Exception {
        apply(HELLO);
        instance()
                .body(
                        """
                        {"revision":1,"version":"1","held":1,"health":[
                         {"cluster":"hello","address":"10.0.0.1:1","failedActiveHealthCheck":false,
                          "ejected":true,"ageMillis":40000,"ejectionLeftMillis":260000}]}
                        """)
                .post(gateway + "/instances/i-1")
                .then()
                .statusCode(204);

        instance()
                .get(gateway + "/slices/http/-/hello.localhost")
                .then()
                .body("health[0].ejected", is(true))
                .body("health[0].ageMillis", greaterThanOrEqualTo(40_000))
                .body("health[0].ejectionLeftMillis", greaterThan(0))
                .body("health[0].ejectionLeftMillis", lessThanOrEqualTo(260_000));
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
    void whoKnowsOfMoreThanTheStoreHoldsIsToldWhereItIs() throws Exception {
        apply(HELLO);
        String epoch = admin().get(gateway).then().extract().path("epoch");

        instance()
                .header("Min-Revision", "9")
                .header("Wick-Epoch", epoch)
                .get(gateway + "/slices/http/-/hello.localhost")
                .then()
                .statusCode(503)
                .header("Wick-Epoch", epoch)
                .header("Wick-Revision", "1");
        String held = "{\"instance\":\"i\",\"epoch\":\"" + epoch + "\",\"revision\":9}";
        try (BufferedReader events = stream("POST", gateway + "/follow", "instance-token", held)) {
            String told = event(events);
            assertTrue(told.contains("event:reset"), told);
            assertTrue(told.contains("\"revision\":1"), told);
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
        for (String unreadable : new String[] {"17", "x.", "null"}) {
            admin().header("Last-Event-ID", unreadable)
                    .get(gateway + "/watch")
                    .then()
                    .statusCode(422)
                    .body("problems[0].field", is("Last-Event-ID"));
        }
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
