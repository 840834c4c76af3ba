package dev.wick.route;

import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import dev.wick.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/** A compiled retry policy: what is tried again, how often and when. */
public final class RetryPolicy {

    /** Where only a request's own headers ask for retries. */
    public static final RetryPolicy NONE = new RetryPolicy(0, 1, Times.DEFAULT, Signs.NONE);

    private final int on;
    private final long retries;
    private final Times times;
    private final Signs signs;

    /**
     * @param on bits of {@link RetryOn}
     * @param retries how often at most
     */
    public RetryPolicy(int on, long retries, Times times, Signs signs) {
        this.on = on;
        this.retries = retries;
        this.times = times;
        this.signs = signs;
    }

    /**
     * How long tries may take and what lies between them, in milliseconds.
     *
     * @param perTry 0: no bound of its own
     * @param perTryIdle 0: no bound of its own
     * @param base most before the first retry; at least 1
     * @param most most before any
     * @param reset what an answer says about it; null: nobody asks
     */
    public record Times(
            long perTry, long perTryIdle, long base, long most, @Nullable ResetHeaders reset) {

        static final Times DEFAULT = new Times(0, 0, 25, 250, null);
    }

    /**
     * What an answer or a request is told by beyond its status.
     *
     * @param codes statuses for {@code retriable-status-codes}
     * @param answers one must hold, for {@code retriable-headers}
     * @param requests one must hold for anything to be tried again; empty: any request may be
     */
    public record Signs(int[] codes, AnswerCondition[] answers, Condition[] requests) {

        public static final Signs NONE =
                new Signs(new int[0], new AnswerCondition[0], new Condition[0]);
    }

    /** Bits of {@link RetryOn}. */
    public int on() {
        return on;
    }

    public long retries() {
        return retries;
    }

    public Times times() {
        return times;
    }

    /** Whether a request may be tried again at all. */
    public boolean admits(RequestHead head) {
        for (Condition condition : signs.requests) {
            if (condition.holds(head)) {
                return true;
            }
        }
        return signs.requests.length == 0;
    }

    /**
     * Whether an answer is one that is tried again.
     *
     * @param asked bits of {@link RetryOn}: the policy's own and those of the request
     */
    public boolean retries(int asked, ResponseHead head) {
        int status = head.status();
        Headers headers = head.headers();
        if (headers.contains("x-envoy-ratelimited")) {
            return (asked & RetryOn.ENVOY_RATELIMITED) != 0;
        }
        return (asked & RetryOn.FIVE_XX) != 0 && status >= 500
                || (asked & RetryOn.GATEWAY_ERROR) != 0 && status >= 502 && status <= 504
                || (asked & RetryOn.RETRIABLE_4XX) != 0 && status == 409
                || (asked & RetryOn.RETRIABLE_STATUS_CODES) != 0 && isCode(status)
                || (asked & RetryOn.RETRIABLE_HEADERS) != 0 && hasSign(headers)
                || (asked & RetryOn.GRPC) != 0 && (asked & grpc(headers)) != 0;
    }

    private boolean isCode(int status) {
        for (int code : signs.codes) {
            if (code == status) {
                return true;
            }
        }
        return false;
    }

    private boolean hasSign(Headers headers) {
        for (AnswerCondition condition : signs.answers) {
            if (condition.holds(headers)) {
                return true;
            }
        }
        return false;
    }

    private static int grpc(Headers headers) {
        String status = headers.get("grpc-status");
        return status == null ? 0 : RetryOn.ofGrpcStatus(status);
    }
}
