package dev.wick.gateway.exchange;

import dev.wick.gateway.snapshot.ReplySettings;
import dev.wick.http.Headers;
import dev.wick.http.ResponseHead;
import java.nio.charset.StandardCharsets;

/** Changes answers from here as their listener says. On the exchange's loop. */
final class LocalReplies {

    private LocalReplies() {}

    /**
     * Changes status and headers of an answer, and says what its body is.
     *
     * @param exchange whose facts know the head already
     */
    static byte[] map(
            ReplySettings settings, Exchange exchange, ResponseHead head, byte[] original) {
        String body = new String(original, StandardCharsets.ISO_8859_1);
        ReplySettings.Body format = settings.format();
        for (ReplySettings.Mapper mapper : settings.mappers()) {
            if (mapper.takes(head.status(), exchange.finished.flags)) {
                body = mapper.body() == null ? body : mapper.body();
                exchange.facts().localBody(body);
                mapper.headers().apply(head.headers(), exchange.facts());
                if (mapper.status() != 0) {
                    head.status(mapper.status());
                }
                format = mapper.format() == null ? format : mapper.format();
                break;
            }
        }
        if (format != null) {
            exchange.facts().localBody(body);
            body = format.fill(exchange.facts());
            if (GrpcReply.answers(exchange.head)) {
                body = body.endsWith("\n") ? body.substring(0, body.length() - 1) : body;
            } else if (!body.isEmpty()) {
                describe(head.headers(), body, format.contentType());
            }
        }
        return body.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The length comes before the type, as in Envoy. */
    private static void describe(Headers headers, String body, String contentType) {
        headers.remove("content-type");
        headers.set("content-length", Integer.toString(body.length()));
        headers.add("content-type", contentType);
    }
}
