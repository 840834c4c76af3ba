package dev.wick.gateway.exchange;

import dev.wick.gateway.observe.ResponseFlag;
import dev.wick.gateway.overload.Overload;
import dev.wick.http.Headers;
import dev.wick.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The way of a host's answer to the client, once it is the client's: what is told with it, and its
 * parts. Confined to the exchange's loop.
 */
final class Answering {

    private static final long NANOS = 1_000_000;

    private final Exchange exchange;
    private final Forwarding forwarding;
    private final Tally tally;
    private final TimeBudget time;

    /** The answer has no body, whatever its host sends. */
    private boolean bodiless;

    /** The host has said 100-continue. */
    private boolean continued;

    Answering(Exchange exchange, Forwarding forwarding, Tally tally, TimeBudget time) {
        this.exchange = exchange;
        this.forwarding = forwarding;
        this.tally = tally;
        this.time = time;
    }

    /** The request goes to a cluster. */
    void begin() {
        continued = false;
    }

    /** Whether an informational answer says something: to be asked once of each. */
    boolean informs(int status) {
        boolean again = status == 100 && continued;
        continued |= status == 100;
        return !again;
    }

    /** An informational head, which Envoy swallows by default: it answers 100-continue itself. */
    void informational(ResponseHead head) {
        if (exchange.door.settings().protocols().proxy100Continue()) {
            exchange.touch();
            exchange.door.informed(exchange.loop.index(), head.status());
            exchange.downstream.informational(head);
        }
    }

    /** Whether nothing comes after the head. */
    boolean bodiless(ResponseHead head) {
        return head.last()
                || head.status() == 204
                || head.status() == 304
                || !head.open() && isEmpty(head)
                || exchange.head.method().equals("HEAD");
    }

    private static boolean isEmpty(ResponseHead head) {
        return "0".equals(head.headers().get("content-length"));
    }

    /** The head, without what concerned the host's connection. */
    void head(ResponseHead head, boolean without) {
        bodiless = without || isEmpty(head);
        Headers headers = head.headers();
        if (exchange.requestEnded()) {
            long now = System.nanoTime();
            long millis = time.sinceRequest(now);
            exchange.finished.responseMillis = (now - exchange.startNanos()) / NANOS;
            exchange.finished.upstreamServiceMillis = millis;
            headers.set("x-envoy-upstream-service-time", Long.toString(millis));
        }
        forwarding.tell(headers);
        tally.answered(head.status());
        forwarding.bind(headers);
        exchange.finished.details = "via_upstream";
        exchange.facts().responding(head);
        exchange.routing().changeResponse(headers);
        if (!headers.contains("date")) {
            headers.add("date", exchange.door.date(exchange.loop.index()));
        }
        EdgeHeaders.respond(headers, exchange.head.headers(), exchange.door.settings().edge());
        exchange.touch();
        if (exchange.upgrading() && opensTunnel(head)) {
            open(head);
        } else {
            exchange.respond(head, without);
        }
    }

    private void open(ResponseHead head) {
        boolean ended = exchange.requestEnded();
        exchange.tunnel(head);
        if (ended) {
            forwarding.requestEnd(null);
        }
    }

    private boolean opensTunnel(ResponseHead head) {
        return exchange.head.connects() ? head.status() / 100 == 2 : head.status() == 101;
    }

    /** A redirect that was to be followed after all is the client's, but its body is gone. */
    void withoutBody(ResponseHead head) {
        head.headers().set("content-length", "0");
        head(head, true);
        exchange.complete(null);
    }

    /** A part of the body, of which this becomes the owner. */
    void body(Attempt from, ByteBuf data) {
        if (bodiless) {
            data.release();
            return;
        }
        exchange.finished.bytesSent += data.readableBytes();
        exchange.touch();
        if (!exchange.downstream.write(data)) {
            from.pause();
            Overload overload = exchange.door.overload();
            if (overload != null) {
                overload.kept(exchange.loop.index());
            }
        }
    }

    /**
     * There is no answer, or no more of it: the client gets this, or sees that there is none.
     *
     * @param counts whether it counts as the cluster's answer
     */
    void instead(LocalReply reply, boolean counts) {
        ResponseFlag flag = reply.flag();
        if (!exchange.answering()) {
            if (counts) {
                tally.answered(reply.status());
            }
            exchange.reply(reply);
        } else if (flag != null) {
            exchange.cut(flag, reply.detailsAfterHead());
        }
    }

    /** The answer is complete. */
    void end(@Nullable Headers trailers) {
        if (exchange.requestEnded()) {
            tally.completed(time.sinceRequest(System.nanoTime()));
        }
        exchange.complete(trailers);
    }
}
