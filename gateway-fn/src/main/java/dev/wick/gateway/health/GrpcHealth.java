package dev.wick.gateway.health;

import dev.wick.gateway.client.Answer;
import dev.wick.gateway.client.ClientRequest;
import dev.wick.http.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The question and the answers of {@code grpc.health.v1.Health/Check}, two messages of one field
 * each.
 */
final class GrpcHealth {

    private static final String PATH = "/grpc.health.v1.Health/Check";
    private static final int FRAME_HEAD = 5;
    private static final int SERVING = 1;

    /** Field 1 of the question, a text, and of the answer, a number. */
    private static final byte SERVICE = 1 << 3 | 2;

    private static final byte STATUS = 1 << 3;

    private GrpcHealth() {}

    /**
     * @param service empty: the server as a whole
     */
    static ClientRequest question(String service, long timeoutMillis, int mostOctets) {
        Headers headers = new Headers();
        headers.add("content-type", "application/grpc");
        headers.add("te", "trailers");
        headers.add("grpc-timeout", timeout(timeoutMillis));
        headers.add("user-agent", "Envoy/HC");
        return new ClientRequest(
                "POST", PATH, headers, framed(message(service)), timeoutMillis, mostOctets);
    }

    /** At most eight digits. */
    private static String timeout(long millis) {
        return millis < 100_000_000 ? millis + "m" : Math.min(99_999_999, millis / 1_000) + "S";
    }

    private static byte[] message(String service) {
        byte[] name = service.getBytes(StandardCharsets.UTF_8);
        if (name.length == 0) {
            return name;
        }
        ByteBuffer message = ByteBuffer.allocate(name.length + 6);
        message.put(SERVICE);
        int length = name.length;
        for (; length > 0x7f; length >>>= 7) {
            message.put((byte) (length & 0x7f | 0x80));
        }
        message.put((byte) length).put(name);
        byte[] exact = new byte[message.position()];
        message.flip().get(exact);
        return exact;
    }

    private static byte[] framed(byte[] message) {
        return ByteBuffer.allocate(FRAME_HEAD + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .array();
    }

    /** Whether the service says that it serves; any other answer means that it does not. */
    static boolean serves(Answer answer) {
        String type = answer.headers().get("content-type");
        return answer.status() == 200
                && isGrpc(type)
                && "0".equals(answer.headers().get("grpc-status"))
                && status(answer.body()) == SERVING;
    }

    private static boolean isGrpc(@Nullable String type) {
        return type != null
                && (type.equals("application/grpc") || type.startsWith("application/grpc+"));
    }

    /** What the one message says; 0, which is unknown, where it says nothing, and -1 for none. */
    private static long status(byte[] body) {
        ByteBuffer frame = ByteBuffer.wrap(body);
        if (body.length < FRAME_HEAD || frame.get() != 0 || frame.getInt() != frame.remaining()) {
            return -1;
        }
        long status = 0;
        while (frame.hasRemaining()) {
            if (frame.get() != STATUS) {
                return -1;
            }
            status = number(frame);
        }
        return status;
    }

    private static long number(ByteBuffer frame) {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE && frame.hasRemaining(); shift += 7) {
            byte octet = frame.get();
            number |= (octet & 0x7fL) << shift;
            if (octet >= 0) {
                return number;
            }
        }
        return -1;
    }
}
