package dev.wick.gateway.exchange;

import dev.wick.http.Headers;
import dev.wick.http.RequestHead;

/**
 * What a gateway at the edge makes of a request's headers before it routes by them: Envoy's
 * behaviour with {@code use_remote_address}. The client's own address is the trusted one, what only
 * the gateway may say is taken out, and what the gateway knows is put in.
 */
final class EdgeHeaders {

    private static final String FORWARDED_FOR = "x-forwarded-for";
    private static final String FORWARDED_PROTO = "x-forwarded-proto";
    private static final String EXTERNAL_ADDRESS = "x-envoy-external-address";
    private static final String REQUEST_ID = "x-request-id";

    private EdgeHeaders() {}

    /**
     * Prepares a request's head.
     *
     * @param peer the address of the connection's other end
     * @param scheme what the connection speaks: {@code http} or {@code https}
     */
    static void prepare(RequestHead head, String peer, String scheme) {
        head.scheme(scheme);
        Headers headers = head.headers();
        if (anyOfOurs(headers)) {
            sanitise(headers);
            String before = headers.joined(FORWARDED_FOR);
            headers.set(FORWARDED_FOR, before == null ? peer : before + ',' + peer);
            headers.set(FORWARDED_PROTO, scheme);
            headers.set(EXTERNAL_ADDRESS, peer);
            headers.set(REQUEST_ID, RequestId.next());
        } else {
            headers.add(FORWARDED_FOR, peer);
            headers.add(FORWARDED_PROTO, scheme);
            headers.add(EXTERNAL_ADDRESS, peer);
            headers.add(REQUEST_ID, RequestId.next());
        }
    }

    private static boolean anyOfOurs(Headers headers) {
        for (int i = 0; i < headers.size(); i++) {
            if (headers.name(i).startsWith("x-")) {
                return true;
            }
        }
        return false;
    }

    private static void sanitise(Headers headers) {
        int i = 0;
        while (i < headers.size()) {
            String name = headers.name(i);
            if (name.startsWith("x-") && internalOnly(name)) {
                headers.remove(name);
            } else {
                i++;
            }
        }
    }

    /** What Envoy removes from requests that come from outside. */
    private static boolean internalOnly(String name) {
        return switch (name) {
            case "x-envoy-decorator-operation",
                    "x-envoy-downstream-service-cluster",
                    "x-envoy-downstream-service-node",
                    "x-envoy-expected-rq-timeout-ms",
                    "x-envoy-force-trace",
                    "x-envoy-hedge-on-per-try-timeout",
                    "x-envoy-internal",
                    "x-envoy-ip-tags",
                    "x-envoy-max-retries",
                    "x-envoy-original-path",
                    "x-envoy-original-url",
                    "x-envoy-retriable-header-names",
                    "x-envoy-retriable-status-codes",
                    "x-envoy-retry-grpc-on",
                    "x-envoy-retry-on",
                    "x-envoy-upstream-alt-stat-name",
                    "x-envoy-upstream-rq-per-try-timeout-ms",
                    "x-envoy-upstream-rq-timeout-alt-response",
                    "x-envoy-upstream-rq-timeout-ms",
                    "x-forwarded-client-cert" ->
                    true;
            default -> false;
        };
    }
}
