package dev.wick.gateway.exchange;

import dev.wick.http.Headers;
import dev.wick.route.RetryOn;
import dev.wick.route.RetryPolicy;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks of its timeouts and retries by Envoy's {@code x-envoy-*} headers. From
 * outside none of them comes here. What is read here is taken out: hosts never see it.
 */
final class ControlHeaders {

    /** In the place of the route's timeout, in milliseconds. */
    static final String TIMEOUT = "x-envoy-upstream-rq-timeout-ms";

    /** In the place of the policy's bound of one try, in milliseconds. */
    static final String PER_TRY_TIMEOUT = "x-envoy-upstream-rq-per-try-timeout-ms";

    /** How long a try may last, its answer included, in milliseconds. */
    static final String STREAM_DURATION = "x-envoy-upstream-stream-duration-ms";

    /** Whether a timeout is answered with 204. */
    static final String ALTERNATIVE = "x-envoy-upstream-rq-timeout-alt-response";

    /** Another name for statistics, which are not kept here. */
    static final String ALT_STAT_NAME = "x-envoy-upstream-alt-stat-name";

    private static final String HEDGE = "x-envoy-hedge-on-per-try-timeout";
    private static final String RETRY_ON = "x-envoy-retry-on";
    private static final String RETRY_GRPC_ON = "x-envoy-retry-grpc-on";
    private static final String MAX_RETRIES = "x-envoy-max-retries";
    private static final String STATUS_CODES = "x-envoy-retriable-status-codes";
    private static final String HEADER_NAMES = "x-envoy-retriable-header-names";

    private static final String PREFIX = "x-envoy-";

    private ControlHeaders() {}

    /** Whether there may be any. Looks at each header's name, and at no more of it than it must. */
    static boolean any(Headers headers) {
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            if (name.length() > PREFIX.length() && name.startsWith(PREFIX)) {
                switch (name.charAt(PREFIX.length())) {
                    case 'h', 'm', 'r', 'u' -> {
                        return true;
                    }
                    default -> {}
                }
            }
        }
        return false;
    }

    /** A number of milliseconds; {@code otherwise} where there is none. */
    static long millis(Headers headers, String name, long otherwise) {
        String text = take(headers, name);
        return text == null ? otherwise : RequestTimeouts.millis(text.strip(), otherwise);
    }

    /** Whether it asks for hedging; {@code otherwise} where it does not say. */
    static boolean hedges(Headers headers, boolean otherwise) {
        String text = take(headers, HEDGE);
        return "true".equals(text) || otherwise && !"false".equals(text);
    }

    /**
     * The policy by which the request is tried again: the route's, with what the request asks for
     * besides.
     */
    static RetryPolicy retries(Headers headers, RetryPolicy policy) {
        String on = take(headers, RETRY_ON);
        String grpc = take(headers, RETRY_GRPC_ON);
        int more = on == null ? 0 : RetryOn.parse(on) & ~RetryOn.GRPC;
        more |= grpc == null ? 0 : RetryOn.parse(grpc) & RetryOn.GRPC;
        long retries = millis(headers, MAX_RETRIES, policy.retries());
        int[] codes = codes(take(headers, STATUS_CODES));
        String[] names = names(take(headers, HEADER_NAMES));
        headers.remove(HEDGE);
        headers.remove(PER_TRY_TIMEOUT);
        if (policy.on() == 0 && more == 0) {
            return policy;
        }
        return policy.with(more, retries, codes, names);
    }

    private static int[] codes(@Nullable String text) {
        if (text == null) {
            return new int[0];
        }
        return Arrays.stream(text.split(",", -1))
                .mapToLong(code -> RequestTimeouts.millis(code.strip(), 0))
                .filter(code -> code > 0 && code <= Integer.MAX_VALUE)
                .mapToInt(code -> (int) code)
                .toArray();
    }

    private static String[] names(@Nullable String text) {
        if (text == null) {
            return new String[0];
        }
        return Arrays.stream(text.split(",", -1))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .toArray(String[]::new);
    }

    private static @Nullable String take(Headers headers, String name) {
        String text = headers.get(name);
        if (text != null) {
            headers.remove(name);
        }
        return text;
    }
}
