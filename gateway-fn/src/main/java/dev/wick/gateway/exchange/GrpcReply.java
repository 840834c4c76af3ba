package dev.wick.gateway.exchange;

import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import dev.wick.http.ResponseHead;
import java.nio.charset.StandardCharsets;

/**
 * What the gateway says by itself to those who speak gRPC: they look for the outcome in trailers,
 * not in the status of HTTP. A response without a body, whose head is its trailers, says it (gRPC
 * over HTTP/2, "Trailers-Only"). The statuses are Envoy's.
 */
final class GrpcReply {

    private static final String TYPE = "application/grpc";
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private GrpcReply() {}

    /** Whether a request is one of gRPC. */
    static boolean answers(RequestHead head) {
        String type = head.headers().get("content-type");
        return type != null
                && type.startsWith(TYPE)
                && (type.length() == TYPE.length() || type.charAt(TYPE.length()) == '+');
    }

    /** Makes the head of an answer, with its body, one for gRPC, which has none. */
    static void change(ResponseHead head, byte[] body, String details) {
        Headers headers = head.headers();
        headers.remove("content-type");
        headers.add("content-type", TYPE);
        headers.set("grpc-status", status(head.status(), details));
        if (body.length > 0) {
            headers.set("grpc-message", encoded(body));
        }
        headers.remove("content-length");
        head.status(200);
    }

    private static String status(int http, String details) {
        if (details.equals("max_duration_timeout")) {
            return "4";
        }
        return switch (http) {
            case 400 -> "13";
            case 401 -> "16";
            case 403 -> "7";
            case 404 -> "12";
            case 429, 502, 503, 504 -> "14";
            default -> "2";
        };
    }

    /** Per cent and what is not printable ASCII, as gRPC has it. */
    private static String encoded(byte[] message) {
        byte[] out = new byte[3 * message.length];
        int length = 0;
        for (byte b : message) {
            if (b >= ' ' && b < '~' && b != '%') {
                out[length++] = b;
            } else {
                out[length++] = '%';
                out[length++] = HEX[b >> 4 & 15];
                out[length++] = HEX[b & 15];
            }
        }
        return new String(out, 0, length, StandardCharsets.US_ASCII);
    }
}
