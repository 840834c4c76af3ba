package dev.wick.gateway.exchange;

import dev.wick.format.Fact;
import dev.wick.format.Facts;
import dev.wick.gateway.observe.FinishedExchange;
import dev.wick.gateway.observe.ResponseFlag;
import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import dev.wick.http.ResponseHead;
import dev.wick.route.Route;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What an exchange says of itself where a format asks. Confined to its loop. */
final class ExchangeFacts implements Facts {

    private static final long NANOS = 1_000_000;
    private static final String[] GRPC = {
        "OK",
        "Canceled",
        "Unknown",
        "InvalidArgument",
        "DeadlineExceeded",
        "NotFound",
        "AlreadyExists",
        "PermissionDenied",
        "ResourceExhausted",
        "FailedPrecondition",
        "Aborted",
        "OutOfRange",
        "Unimplemented",
        "Internal",
        "Unavailable",
        "DataLoss",
        "Unauthenticated"
    };

    private final Exchange exchange;

    private @Nullable ResponseHead response;
    private @Nullable Headers responseTrailers;
    private String localBody = "";

    ExchangeFacts(Exchange exchange) {
        this.exchange = exchange;
    }

    /** The head of a response has come, whose headers may be changed yet. */
    void responding(ResponseHead head) {
        response = head;
    }

    /** The body of an answer from here. */
    void localBody(String body) {
        localBody = body;
    }

    void trailers(@Nullable Headers trailers) {
        responseTrailers = trailers;
    }

    /** The exchange is over. */
    void clear() {
        response = null;
        responseTrailers = null;
        localBody = "";
    }

    @Override
    public @Nullable String requestHeader(String name) {
        RequestHead head = exchange.head;
        return switch (name) {
            case ":method" -> head.method();
            case ":path" -> head.path();
            case ":scheme" -> head.scheme();
            case ":authority", "host" -> head.authority();
            default -> head.headers().get(name);
        };
    }

    @Override
    public @Nullable String responseHeader(String name) {
        ResponseHead head = response;
        if (head == null) {
            return null;
        }
        return name.equals(":status") ? Integer.toString(head.status()) : head.headers().get(name);
    }

    @Override
    public @Nullable String responseTrailer(String name) {
        Headers trailers = responseTrailers;
        return trailers == null ? null : trailers.get(name);
    }

    @Override
    public long startMicros() {
        return 1_000 * exchange.finished.startMillis;
    }

    @Override
    public @Nullable String text(Fact fact) {
        FinishedExchange finished = exchange.finished;
        return switch (fact) {
            case BYTES_RECEIVED -> Long.toString(finished.bytesReceived);
            case BYTES_SENT -> Long.toString(finished.bytesSent);
            case CONNECTION_ID -> Long.toString(exchange.client.id());
            case DOWNSTREAM_DIRECT_REMOTE_ADDRESS,
                    DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT,
                    DOWNSTREAM_DIRECT_REMOTE_PORT,
                    DOWNSTREAM_LOCAL_ADDRESS,
                    DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT,
                    DOWNSTREAM_LOCAL_PORT,
                    DOWNSTREAM_REMOTE_ADDRESS,
                    DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT,
                    DOWNSTREAM_REMOTE_PORT ->
                    address(fact);
            case DURATION, REQUEST_DURATION, RESPONSE_DURATION, RESPONSE_TX_DURATION ->
                    duration(fact);
            case GRPC_STATUS, GRPC_STATUS_NUMBER -> grpcStatus(fact == Fact.GRPC_STATUS);
            case LOCAL_REPLY_BODY -> localBody;
            case PROTOCOL -> finished.protocol;
            case RESPONSE_CODE -> Integer.toString(status());
            case RESPONSE_CODE_DETAILS -> given(finished.details);
            case RESPONSE_FLAGS -> flags(ResponseFlag.letters(finished.flags));
            case RESPONSE_FLAGS_LONG -> flags(ResponseFlag.names(finished.flags));
            case ROUTE_NAME -> routeName();
            case STREAM_ID -> exchange.head.headers().get("x-request-id");
            case UPSTREAM_CLUSTER, UPSTREAM_CLUSTER_RAW -> exchange.forwarding().clusterName();
            case UPSTREAM_HOST -> exchange.forwarding().host();
            case VIRTUAL_CLUSTER_NAME -> given(finished.virtualCluster);
        };
    }

    private @Nullable String routeName() {
        Route route = exchange.routing().chosen();
        String name = route == null ? null : route.name();
        return name == null ? null : octets(name);
    }

    /** A text of a document in octets, as all that is said of a message. */
    private static String octets(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /**
     * In Envoy, a request without flags says so even where all else that is not known is left out.
     */
    private static String flags(@Nullable String letters) {
        return letters == null ? "-" : letters;
    }

    private int status() {
        ResponseHead head = response;
        return head == null ? exchange.finished.status : head.status();
    }

    private @Nullable String address(Fact fact) {
        ClientConnection client = exchange.client;
        InetSocketAddress remote = client.remote();
        InetSocketAddress local = client.local();
        return switch (fact) {
            case DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT -> exchange.clientAddress();
            case DOWNSTREAM_REMOTE_ADDRESS ->
                    exchange.clientAddress().equals(client.address())
                            ? whole(remote)
                            : withoutPort(exchange.clientAddress());
            case DOWNSTREAM_REMOTE_PORT -> port(remote);
            case DOWNSTREAM_DIRECT_REMOTE_PORT -> port(client.direct());
            case DOWNSTREAM_DIRECT_REMOTE_ADDRESS -> whole(client.direct());
            case DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT -> ip(client.direct());
            case DOWNSTREAM_LOCAL_ADDRESS -> whole(local);
            case DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT -> ip(local);
            default -> port(local);
        };
    }

    /** Whoever is told of by a header has no port: Envoy says 0. */
    private static String withoutPort(String address) {
        return address.indexOf(':') < 0 ? address + ":0" : '[' + address + "]:0";
    }

    private static @Nullable String port(@Nullable InetSocketAddress address) {
        return address == null ? null : Integer.toString(address.getPort());
    }

    private static @Nullable String ip(@Nullable InetSocketAddress address) {
        return address == null || address.getAddress() == null
                ? null
                : NetUtil.toAddressString(address.getAddress());
    }

    private static @Nullable String whole(@Nullable InetSocketAddress address) {
        return address == null ? null : NetUtil.toSocketAddressString(address);
    }

    private @Nullable String duration(Fact fact) {
        FinishedExchange finished = exchange.finished;
        long now = (System.nanoTime() - exchange.startNanos()) / NANOS;
        long millis =
                switch (fact) {
                    case REQUEST_DURATION -> finished.requestMillis;
                    case RESPONSE_DURATION -> finished.responseMillis;
                    case RESPONSE_TX_DURATION ->
                            finished.responseMillis < 0 ? -1 : now - finished.responseMillis;
                    default -> now;
                };
        return millis < 0 ? null : Long.toString(millis);
    }

    private @Nullable String grpcStatus(boolean named) {
        String number = responseTrailer("grpc-status");
        if (number == null) {
            number = responseHeader("grpc-status");
        }
        if (number == null || !named) {
            return number;
        }
        for (int i = 0; i < GRPC.length; i++) {
            if (number.equals(Integer.toString(i))) {
                return GRPC[i];
            }
        }
        return number;
    }
}
