package dev.wick.entry;

import dev.wick.http.Headers;

/** Headers by which a request says what only the gateway, or who is trusted, may say. */
public final class OutsideHeaders {

    private OutsideHeaders() {}

    /**
     * Takes out what the request may not say.
     *
     * @param edge whether it enters the trusted network here
     * @param internal whether it comes from inside
     */
    public static void takeOut(Headers headers, boolean edge, boolean internal) {
        int i = 0;
        while (i < headers.size()) {
            String name = headers.name(i);
            boolean goes =
                    name.startsWith("x-")
                            && (forNobody(name)
                                    || edge && edgeOnly(name)
                                    || !internal && internalOnly(name));
            if (goes) {
                headers.remove(name);
            } else {
                i++;
            }
        }
    }

    /** What Envoy removes from every request. */
    private static boolean forNobody(String name) {
        return name.equals("x-envoy-internal") || name.equals("x-forwarded-client-cert");
    }

    /** What Envoy removes where a request enters the trusted network. */
    private static boolean edgeOnly(String name) {
        return switch (name) {
            case "x-envoy-decorator-operation",
                    "x-envoy-downstream-service-cluster",
                    "x-envoy-downstream-service-node",
                    "x-envoy-original-host",
                    "x-envoy-original-path" ->
                    true;
            default -> false;
        };
    }

    /** What Envoy believes internal requests alone; of a try's duration it believes more. */
    public static boolean internalOnly(String name) {
        return switch (name) {
            case "x-envoy-expected-rq-timeout-ms",
                    "x-envoy-force-trace",
                    "x-envoy-hedge-on-per-try-timeout",
                    "x-envoy-ip-tags",
                    "x-envoy-max-retries",
                    "x-envoy-original-url",
                    "x-envoy-retriable-header-names",
                    "x-envoy-retriable-status-codes",
                    "x-envoy-retry-grpc-on",
                    "x-envoy-retry-on",
                    "x-envoy-upstream-alt-stat-name",
                    "x-envoy-upstream-rq-per-try-timeout-ms",
                    "x-envoy-upstream-rq-timeout-alt-response",
                    "x-envoy-upstream-rq-timeout-ms",
                    "x-envoy-upstream-stream-duration-ms" ->
                    true;
            default -> false;
        };
    }
}
