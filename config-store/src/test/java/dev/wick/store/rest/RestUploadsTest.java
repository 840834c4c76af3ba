package dev.wick.store.rest;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.store.TestStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** How much room bodies have together. */
@QuarkusTest
@QuarkusTestResource(StoreFolder.class)
class RestUploadsTest extends RestDoor {

    private static final String LARGE =
            "# " + "x".repeat(100_000) + "\n" + TestStore.cluster("c", 1);

    /** Waits until nobody else has any: it comes once all others were given back. */
    private static Room.Place all() {
        Room.Place all = Upload.ROOM.place(Integer.MAX_VALUE);
        assertTrue(all.grow(Integer.MAX_VALUE));
        return all;
    }

    @Test
    void whoFindsNoRoomIsToldToComeAgainAndWhatIsSmallIsTaken() throws Exception {
        try (Room.Place taken = all()) {
            apply(LARGE)
                    .statusCode(503)
                    .header("Retry-After", is("5"))
                    .body("detail", containsString("nothing was changed"));
            apply(TestStore.cluster("d", 1)).statusCode(200).body("revision", is(1));
        }
        apply(LARGE).statusCode(200).body("revision", is(2));
        all().close();
    }

    @Test
    void roomIsGivenBackHoweverTheRequestEnds() throws Exception {
        apply("{" + LARGE).statusCode(422);
        apply("# " + "x".repeat(Upload.LARGE)).statusCode(413);
        instance()
                .body("{\"instance\":\"i\",\"epoch\":" + "[".repeat(100_000) + "}")
                .post(gateway + "/follow")
                .then()
                .statusCode(422);
        String head =
                "POST %s/apply HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n{"
                        .formatted(gateway, token("token"), Upload.LARGE);
        try (Socket cut = new Socket(root.getHost(), root.getPort())) {
            cut.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            cut.getOutputStream().flush();
        }

        all().close();
    }

    @Test
    void aBodyOfWhichNobodySaysHowLongItIsIsReadToItsEnd() throws Exception {
        String head =
                "POST %s/apply HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer %s\r\nTransfer-Encoding: chunked\r\n\r\n"
                        .formatted(gateway, token("token"));
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            body.append("# ").append("x".repeat(900_000)).append('\n');
            body.append(TestStore.cluster("c" + i, 1));
        }
        String chunks = "%x\r\n%s\r\n0\r\n\r\n".formatted(body.length(), body);
        try (Socket socket = new Socket(root.getHost(), root.getPort())) {
            socket.getOutputStream().write((head + chunks).getBytes(StandardCharsets.US_ASCII));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
        }
        all().close();
    }
}
