package dev.wick.store.rest;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.store.TestStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bundles, and the revisions that they become. */
@QuarkusTest
@QuarkusTestResource(StoreFolder.class)
class RestBundlesTest extends RestDoor {

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
}
