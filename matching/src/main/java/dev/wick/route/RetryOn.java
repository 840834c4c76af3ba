package dev.wick.route;

/** Envoy's words for what is tried again, as bits. */
public final class RetryOn {

    public static final int FIVE_XX = 1;
    public static final int GATEWAY_ERROR = 1 << 1;
    public static final int RESET = 1 << 2;
    public static final int RESET_BEFORE_REQUEST = 1 << 3;
    public static final int CONNECT_FAILURE = 1 << 4;
    public static final int ENVOY_RATELIMITED = 1 << 5;
    public static final int RETRIABLE_4XX = 1 << 6;
    public static final int REFUSED_STREAM = 1 << 7;
    public static final int RETRIABLE_STATUS_CODES = 1 << 8;
    public static final int RETRIABLE_HEADERS = 1 << 9;

    /** Accepted and without effect: nothing here speaks HTTP/3 to hosts. */
    public static final int HTTP3_POST_CONNECT_FAILURE = 1 << 10;

    public static final int CANCELLED = 1 << 11;
    public static final int DEADLINE_EXCEEDED = 1 << 12;
    public static final int INTERNAL = 1 << 13;
    public static final int RESOURCE_EXHAUSTED = 1 << 14;
    public static final int UNAVAILABLE = 1 << 15;

    /** Those that look at the gRPC status. */
    public static final int GRPC =
            CANCELLED | DEADLINE_EXCEEDED | INTERNAL | RESOURCE_EXHAUSTED | UNAVAILABLE;

    private RetryOn() {}

    /** The bits of words with commas between them; unknown ones have none. */
    public static int parse(String words) {
        int bits = 0;
        for (String word : words.split(",", -1)) {
            bits |= bit(word.strip());
        }
        return bits;
    }

    private static int bit(String word) {
        return switch (word) {
            case "5xx" -> FIVE_XX;
            case "gateway-error" -> GATEWAY_ERROR;
            case "reset" -> RESET;
            case "reset-before-request" -> RESET_BEFORE_REQUEST;
            case "connect-failure" -> CONNECT_FAILURE;
            case "envoy-ratelimited" -> ENVOY_RATELIMITED;
            case "retriable-4xx" -> RETRIABLE_4XX;
            case "refused-stream" -> REFUSED_STREAM;
            case "retriable-status-codes" -> RETRIABLE_STATUS_CODES;
            case "retriable-headers" -> RETRIABLE_HEADERS;
            case "http3-post-connect-failure" -> HTTP3_POST_CONNECT_FAILURE;
            case "cancelled" -> CANCELLED;
            case "deadline-exceeded" -> DEADLINE_EXCEEDED;
            case "internal" -> INTERNAL;
            case "resource-exhausted" -> RESOURCE_EXHAUSTED;
            case "unavailable" -> UNAVAILABLE;
            default -> 0;
        };
    }

    /** The bit that a gRPC status asks for; 0 where none does. */
    public static int ofGrpcStatus(String status) {
        return switch (status) {
            case "1" -> CANCELLED;
            case "4" -> DEADLINE_EXCEEDED;
            case "8" -> RESOURCE_EXHAUSTED;
            case "13" -> INTERNAL;
            case "14" -> UNAVAILABLE;
            default -> 0;
        };
    }
}
