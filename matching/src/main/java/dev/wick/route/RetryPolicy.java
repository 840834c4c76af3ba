package dev.wick.route;

import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import dev.wick.http.ResponseHead;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A compiled retry policy: what is tried again, how often and when. */
public final class RetryPolicy {

    /** Where only a request's own headers ask for retries. */
    public static final RetryPolicy NONE = new RetryPolicy(0, 1, Times.DEFAULT, Signs.NONE, null);

    private final int on;
    private final long retries;
    private final Times times;
    private final Signs signs;
    private final @Nullable RetryHosts hosts;

    /**
     * @param on bits of {@link RetryOn}
     * @param retries how often at most
     * @param hosts null: to where any request may go
     */
    public RetryPolicy(int on, long retries, Times times, Signs signs, @Nullable RetryHosts hosts) {
        this.on = on;
        this.retries = retries;
        this.times = times;
        this.signs = signs;
        this.hosts = hosts;
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

    /**
     * The same with what one request asks for besides.
     *
     * @param more bits of {@link RetryOn}
     * @param most how often at most, in the place of what is said here
     * @param codes statuses for {@code retriable-status-codes}
     * @param headers names, in lower case, one of which an answer must have, for {@code
     *     retriable-headers}
     */
    public RetryPolicy with(int more, long most, int[] codes, String[] headers) {
        int[] allCodes = Arrays.copyOf(signs.codes, signs.codes.length + codes.length);
        System.arraycopy(codes, 0, allCodes, signs.codes.length, codes.length);
        int before = signs.answers.length;
        AnswerCondition[] answers = Arrays.copyOf(signs.answers, before + headers.length);
        for (int i = 0; i < headers.length; i++) {
            answers[before + i] =
                    new AnswerCondition(headers[i], ValueTest.present(true), false, false);
        }
        return new RetryPolicy(
                on | more, most, times, new Signs(allCodes, answers, signs.requests), hosts);
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

    /** Where it goes when it is tried again; null: to where any request may go. */
    public @Nullable RetryHosts hosts() {
        return hosts;
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
        return (asked & RetryOn.FIVE_XX) != 0 && status >= 500 && status < 600
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
