package dev.wick.gateway.edge;

import dev.wick.gateway.codec.Refusal;
import dev.wick.gateway.exchange.LocalReply;
import dev.wick.gateway.observe.ResponseFlag;
import org.jspecify.annotations.Nullable;

/** What Envoy answers to a request that is refused. */
final class Refusals {

    private Refusals() {}

    static LocalReply reply(Refusal why) {
        return new LocalReply(why.status(), body(why), flag(why), why.detail());
    }

    private static String body(Refusal why) {
        return switch (why.status()) {
            case 403 -> "Forbidden";
            case 426 -> "Upgrade Required";
            case 431 -> "Request Header Fields Too Large";
            case 501 -> "Not Implemented";
            case 400 -> wellFramed(why) ? "" : "Bad Request";
            default -> "";
        };
    }

    /** The codec has no objection, but the request names no host. */
    private static boolean wellFramed(Refusal why) {
        return why == Refusal.NO_HOST || why == Refusal.FRAGMENT;
    }

    private static @Nullable ResponseFlag flag(Refusal why) {
        return wellFramed(why) ? null : ResponseFlag.DOWNSTREAM_PROTOCOL_ERROR;
    }
}
