package dev.wick.gateway.health;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.client.Answer;
import dev.wick.gateway.client.ClientRequest;
import dev.wick.http.Headers;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Octets as protobuf has them; that a real server takes them, the end-to-end tests say. */
class GrpcHealthTest {

    @Test
    void theQuestionNamesTheService() {
        ClientRequest question = GrpcHealth.question("a.B", 2_000, 9);
        assertEquals(
                "POST /grpc.health.v1.Health/Check", question.method() + " " + question.path());
        assertEquals("2000m", question.headers().get("grpc-timeout"));
        assertArrayEquals(hex("00000000050a03612e42"), question.body());
    }

    @Test
    void theServerAsAWholeIsAskedForByAnEmptyMessage() {
        assertArrayEquals(hex("0000000000"), GrpcHealth.question("", 1, 9).body());
    }

    @Test
    void aLongNameHasALengthOfTwoOctets() {
        byte[] body = GrpcHealth.question("x".repeat(200), 1, 9).body();
        assertArrayEquals(hex("00000000cb0ac801"), Arrays.copyOf(body, 8));
        assertEquals(208, body.length);
    }

    @Test
    void aLongTimeoutIsToldInSeconds() {
        ClientRequest question = GrpcHealth.question("", 100_000_000, 9);
        assertEquals("100000S", question.headers().get("grpc-timeout"));
    }

    @Test
    void onlyServingServes() {
        assertTrue(serves(200, "application/grpc", "0", "00000000020801"));
        assertTrue(serves(200, "application/grpc+proto", "0", "00000000020801"));
        for (String body :
                new String[] {
                    "00000000020802", // NOT_SERVING
                    "00000000020803", // SERVICE_UNKNOWN
                    "0000000000", // UNKNOWN
                    "", // no message
                    "01000000020801", // compressed
                    "00000000030801", // cut short
                    "0000000002080100000000020801", // two messages
                    "00000000021001", // another field
                    "0000000001", // shorter than it says
                    "000000000208ff"
                }) {
            assertFalse(serves(200, "application/grpc", "0", body), body);
        }
        assertFalse(serves(200, "application/grpc", "12", "00000000020801"));
        assertFalse(serves(200, "application/grpc", null, "00000000020801"));
        assertFalse(serves(503, "application/grpc", "0", "00000000020801"));
        assertFalse(serves(200, "text/plain", "0", "00000000020801"));
        assertFalse(serves(200, null, "0", "00000000020801"));
    }

    private static boolean serves(int status, String type, String grpcStatus, String body) {
        Headers headers = new Headers();
        if (type != null) {
            headers.add("content-type", type);
        }
        if (grpcStatus != null) {
            headers.add("grpc-status", grpcStatus);
        }
        return GrpcHealth.serves(new Answer(status, headers, hex(body)));
    }

    private static byte[] hex(String octets) {
        return HexFormat.of().parseHex(octets);
    }
}
