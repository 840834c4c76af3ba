package dev.wick.gateway.edge;

import dev.wick.gateway.codec.Refusal;
import dev.wick.gateway.codec.RequestParser;
import dev.wick.gateway.exchange.Door;
import dev.wick.gateway.exchange.LocalReply;
import dev.wick.gateway.observe.HttpMetrics;
import dev.wick.gateway.observe.ResponseFlag;
import dev.wick.gateway.snapshot.EdgeSettings;
import dev.wick.gateway.snapshot.ProtocolSettings;
import dev.wick.http.RequestHead;
import org.jspecify.annotations.Nullable;

/**
 * What a listener asks of a request in HTTP/1 before it begins: a version that it serves, a host,
 * names that it bears. Confined to the connection's loop.
 */
final class Http1Terms {

    private static final ResponseFlag PROTOCOL = ResponseFlag.DOWNSTREAM_PROTOCOL_ERROR;
    private static final LocalReply UNDERSCORES =
            new LocalReply(400, "Bad Request", PROTOCOL, "http1.unexpected_underscore");
    private static final LocalReply VERSION = Refusals.reply(Refusal.VERSION);
    private static final LocalReply NO_HOST = Refusals.reply(Refusal.NO_HOST);

    private final Door door;
    private final Accepted accepted;
    private final ProtocolSettings protocols;
    private final EdgeSettings edge;

    Http1Terms(Door door, Accepted accepted) {
        this.door = door;
        this.accepted = accepted;
        this.protocols = door.settings().protocols();
        this.edge = door.settings().edge();
    }

    /** Whether HTTP/1.0 is served. */
    boolean http10() {
        return protocols.acceptHttp10();
    }

    /**
     * What the request does not meet; null where it may begin. Takes out names that are to go, and
     * gives HTTP/1.0 the host that it may leave out.
     */
    @Nullable LocalReply broken(RequestParser parser, RequestHead head) {
        if (parser.underscored()
                && !Underscores.pass(head.headers(), edge, accepted.codecs(), false)) {
            door.metrics().count(accepted.loop().index(), HttpMetrics.CX_PROTOCOL_ERROR);
            return UNDERSCORES;
        }
        if (parser.minorVersion() == 1) {
            return null;
        }
        if (!http10()) {
            return VERSION;
        }
        if (head.authority().isEmpty()) {
            head.authority(protocols.defaultHostForHttp10());
            return head.authority().isEmpty() ? NO_HOST : null;
        }
        return null;
    }

    /** Whether {@code Expect: 100-continue} is answered here, and so taken out. */
    boolean answersExpect(RequestHead head) {
        if (protocols.proxy100Continue()) {
            return false;
        }
        head.headers().remove("expect");
        return true;
    }
}
