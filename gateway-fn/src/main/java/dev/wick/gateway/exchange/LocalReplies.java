package dev.wick.gateway.exchange;

import dev.wick.gateway.observe.ResponseFlag;
import dev.wick.gateway.snapshot.ReplySettings;
import dev.wick.http.Headers;
import dev.wick.http.ResponseHead;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Gives answers from here, changed as their listener says. On the exchange's loop. */
final class LocalReplies {

    private static final String CONTENT_TYPE = "content-type";

    private LocalReplies() {}

    /** See {@link Exchange#reply}. */
    static void reply(Exchange exchange, LocalReply reply) {
        ResponseFlag flag = reply.flag();
        if (flag != null) {
            exchange.finished.flag(flag);
        }
        exchange.finished.details = reply.details();
        exchange.facts().localBody(reply.body());
        ResponseHead head = new ResponseHead(reply.status());
        exchange.facts().responding(head);
        exchange.routing().changeResponse(head.headers());
        exchange.forwarding().tell(head.headers());
        if (flag == ResponseFlag.UPSTREAM_OVERFLOW || flag == ResponseFlag.OVERLOAD_MANAGER) {
            head.headers().set("x-envoy-overloaded", "true");
        }
        if (reply == LocalReply.UNAVAILABLE) {
            head.headers().set("retry-after", exchange.routing().retryAfter());
        }
        answer(exchange, head, reply.body().getBytes(StandardCharsets.UTF_8));
    }

    /** See {@link Exchange#answer}. */
    static void answer(Exchange exchange, ResponseHead head, byte[] own) {
        exchange.facts().responding(head);
        ReplySettings settings = exchange.door.settings().policies().replies();
        byte[] body = settings == null ? own : map(settings, exchange, head, own);
        boolean bodiless = frame(exchange, head, body);
        Headers headers = head.headers();
        headers.set("date", exchange.door.date(exchange.loop.index()));
        EdgeHeaders.respond(headers, exchange.head.headers(), exchange.door.settings().edge());
        if (!exchange.requestEnded()) {
            exchange.downstream.ignoreRequest();
        }
        bodiless |= exchange.head.method().equals("HEAD");
        exchange.respond(head, bodiless);
        if (!bodiless && exchange.running()) {
            exchange.finished.bytesSent += body.length;
            exchange.downstream.write(Unpooled.wrappedBuffer(body));
        }
        exchange.complete(null);
    }

    /** Says of the body what its head must say, and whether there is none. */
    private static boolean frame(Exchange exchange, ResponseHead head, byte[] body) {
        Headers headers = head.headers();
        if (GrpcReply.answers(exchange.head)) {
            GrpcReply.change(head, body, exchange.finished.details);
            return true;
        }
        if (body.length == 0) {
            headers.remove(CONTENT_TYPE);
        }
        if (body.length == 0 || head.status() == 204 || head.status() == 304) {
            headers.remove("content-length");
            return true;
        }
        headers.set("content-length", Integer.toString(body.length));
        if (!headers.contains(CONTENT_TYPE)) {
            headers.add(CONTENT_TYPE, "text/plain");
        }
        return false;
    }

    /**
     * Changes status and headers of an answer, and says what its body is. A type that the mapper
     * gives it goes before that of the format.
     *
     * @param exchange whose facts know the head already
     */
    private static byte[] map(
            ReplySettings settings, Exchange exchange, ResponseHead head, byte[] original) {
        String body = new String(original, StandardCharsets.ISO_8859_1);
        ReplySettings.Body format = settings.format();
        Headers headers = head.headers();
        String type = headers.joined(CONTENT_TYPE);
        for (ReplySettings.Mapper mapper : settings.mappers()) {
            if (mapper.takes(head.status(), exchange.finished.flags)) {
                body = mapper.body() == null ? body : mapper.body();
                exchange.facts().localBody(body);
                mapper.headers().apply(headers, exchange.facts());
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
            } else if (!body.isEmpty() && Objects.equals(type, headers.joined(CONTENT_TYPE))) {
                describe(headers, body, format.contentType());
            }
        }
        return body.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The length comes before the type, as in Envoy, unless a type has its place already. */
    private static void describe(Headers headers, String body, String contentType) {
        headers.set("content-length", Integer.toString(body.length()));
        headers.set(CONTENT_TYPE, contentType);
    }
}
