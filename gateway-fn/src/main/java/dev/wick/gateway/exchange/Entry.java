package dev.wick.gateway.exchange;

import dev.wick.entry.PathRules;
import dev.wick.gateway.observe.HttpMetrics;
import dev.wick.gateway.observe.Metric;
import dev.wick.gateway.snapshot.EdgeSettings;
import dev.wick.http.RequestHead;
import dev.wick.http.ResponseHead;

/** What happens to a request before it is routed. On the exchange's loop. */
final class Entry {

    private static final String DETAILS = "path_normalization_failed";
    private static final LocalReply BAD_PATH = new LocalReply(400, "", null, DETAILS);
    private static final int REDIRECT = 307;

    private Entry() {}

    /** Reads path, authority and headers; false where the request was answered. */
    static boolean pass(Exchange exchange, ClientConnection peer) {
        RequestHead head = exchange.head;
        if (!head.path().startsWith("/") && !head.connects()) {
            if (hops(exchange)) {
                exchange.reply(LocalReply.NO_PATH);
            }
            return false;
        }
        EdgeSettings settings = exchange.door.settings().edge();
        PathRules.Outcome outcome = read(exchange);
        if (outcome != PathRules.Outcome.TAKEN) {
            exchange.finished.path = head.path();
            refuse(exchange, outcome);
            return false;
        }
        exchange.finished.path = head.path();
        exchange.finished.authority = head.authority();
        if (!hops(exchange)) {
            return false;
        }
        String address = EdgeHeaders.prepare(head, peer, exchange.door.scheme, settings);
        if (address == null) {
            count(exchange, HttpMetrics.RQ_REJECTED_VIA_IP_DETECTION);
            exchange.reply(EdgeHeaders.rejection(head, peer, settings));
            return false;
        }
        exchange.clientAddress(address);
        return true;
    }

    /** Puts path and authority into the head as they are read here, unless the path is refused. */
    static PathRules.Outcome read(Exchange exchange) {
        EdgeSettings settings = exchange.door.settings().edge();
        PathRules.Outcome outcome = settings.paths().apply(exchange.head);
        if (outcome == PathRules.Outcome.TAKEN) {
            settings.hosts().apply(exchange.head, exchange.client.localPort());
        }
        return outcome;
    }

    private static boolean hops(Exchange exchange) {
        return Hops.pass(exchange, exchange.door.settings().protocols().limits().hopLimit());
    }

    /** Answers a request whose path is not taken; a gRPC client follows no redirect. */
    static void refuse(Exchange exchange, PathRules.Outcome outcome) {
        String type = exchange.head.headers().get("content-type");
        boolean grpc = type != null && type.startsWith("application/grpc");
        if (outcome == PathRules.Outcome.REDIRECTED && !grpc) {
            count(exchange, HttpMetrics.RQ_REDIRECTED_WITH_NORMALIZED_PATH);
            ResponseHead response = new ResponseHead(REDIRECT);
            response.headers().add("location", exchange.head.path());
            exchange.finished.details = DETAILS;
            exchange.routing().changeResponse(response.headers());
            exchange.answer(response, new byte[0]);
        } else {
            count(exchange, HttpMetrics.RQ_FAILED_PATH_NORMALIZATION);
            exchange.downstream.ignoreRequest();
            exchange.reply(BAD_PATH);
        }
    }

    private static void count(Exchange exchange, Metric.Counter counter) {
        exchange.door.metrics().count(exchange.loop.index(), counter);
    }
}
