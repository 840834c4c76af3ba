package dev.wick.gateway.exchange;

import dev.wick.gateway.client.Timer;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.ResponseFlag;
import dev.wick.gateway.observe.VirtualClusterMetrics;
import dev.wick.gateway.upstream.Cluster;
import dev.wick.gateway.upstream.UpstreamFailure;
import dev.wick.http.ResponseHead;
import dev.wick.route.ResetHeaders;
import dev.wick.route.RetryOn;
import dev.wick.route.RetryPolicy;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Whether an exchange's request is tried again, and when: by its policy, by what is left of that,
 * and by its cluster's limit. Confined to the exchange's loop.
 *
 * <p>A retry counts for the limit from the moment it is decided until what it brings is known.
 */
final class RetryState {

    private static final int RESETS = RetryOn.FIVE_XX | RetryOn.GATEWAY_ERROR | RetryOn.RESET;

    private final Exchange exchange;
    private final Tally tally;

    private @Nullable Cluster cluster;
    private RetryPolicy policy = RetryPolicy.NONE;

    /** Bits of {@link RetryOn}; 0: nothing is tried again, or not any more. */
    private int on;

    /** Whether the limit is that of the priority HIGH. */
    private boolean high;

    private long left;
    private long nextBase;

    /** This exchange counts as a retry of its cluster. */
    private boolean counted;

    /** Runs when the back-off is over. */
    private @Nullable Timer backOff;

    RetryState(Exchange exchange, Tally tally) {
        this.exchange = exchange;
        this.tally = tally;
    }

    /**
     * Before the first try.
     *
     * @param urgent whether the request has the priority HIGH
     */
    void begin(Cluster to, RetryPolicy its, boolean urgent) {
        cluster = to;
        high = urgent;
        policy = its;
        on = its.on() == 0 || !its.admits(exchange.head) ? 0 : its.on();
        left = its.retries();
        nextBase = its.times().base();
    }

    RetryPolicy policy() {
        return policy;
    }

    /** Whether anything may be tried again. */
    boolean active() {
        return on != 0;
    }

    /** Whether a try is to come, when the back-off is over. */
    boolean waiting() {
        return backOff != null;
    }

    /** Whether this answer is one that is tried again. */
    boolean wants(ResponseHead head) {
        return on != 0 && policy.retries(on, head);
    }

    /** Whether a reset from here is tried again, as after a timeout. */
    boolean wantsAfterReset() {
        return (on & RESETS) != 0;
    }

    /**
     * Whether this failure is one that is tried again.
     *
     * @param begun whether the try had a connection
     */
    boolean wants(UpstreamFailure why, boolean begun) {
        int asked = RESETS | (begun ? 0 : RetryOn.RESET_BEFORE_REQUEST);
        switch (why) {
            case OVERFLOW, NO_HEALTHY_UPSTREAM -> {
                return false;
            }
            case CONNECT_FAILURE, CONNECT_TIMEOUT -> asked |= RetryOn.CONNECT_FAILURE;
            case REFUSED_STREAM -> asked |= RetryOn.REFUSED_STREAM;
            case CONNECTION_TERMINATION, REMOTE_RESET, PROTOCOL_ERROR -> {}
        }
        return (on & asked) != 0;
    }

    /**
     * Decides on another try, and sees to it.
     *
     * @param wanted whether what the last try brought is to be tried again
     * @param head the answer that it brought; null for none
     * @param next begins the try, when the back-off is over
     */
    boolean decide(boolean wanted, @Nullable ResponseHead head, Runnable next) {
        Cluster to = cluster;
        if (on == 0 || to == null) {
            return false;
        }
        if (counted && !wanted) {
            tally.count(ClusterMetrics.RQ_RETRY_SUCCESS, VirtualClusterMetrics.RQ_RETRY_SUCCESS);
        }
        uncount();
        if (!wanted || !mayStart(to)) {
            return false;
        }
        counted = true;
        tally.count(ClusterMetrics.RQ_RETRY, VirtualClusterMetrics.RQ_RETRY);
        forgetBackOff();
        backOff = exchange.loop.schedule(wait(head), () -> start(next));
        return true;
    }

    private void start(Runnable next) {
        backOff = null;
        next.run();
    }

    private boolean mayStart(Cluster to) {
        if (left == 0) {
            tally.count(
                    ClusterMetrics.RQ_RETRY_LIMIT_EXCEEDED,
                    VirtualClusterMetrics.RQ_RETRY_LIMIT_EXCEEDED);
            exchange.finished.flag(ResponseFlag.UPSTREAM_RETRY_LIMIT_EXCEEDED);
            return false;
        }
        left--;
        if (!to.mayRetry(high)) {
            tally.count(ClusterMetrics.RQ_RETRY_OVERFLOW, VirtualClusterMetrics.RQ_RETRY_OVERFLOW);
            exchange.finished.flag(ResponseFlag.UPSTREAM_OVERFLOW);
            return false;
        }
        return true;
    }

    /** How long until the next try, in milliseconds. */
    private long wait(@Nullable ResponseHead head) {
        ResetHeaders reset = policy.times().reset();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long asked = 0;
        if (reset != null && head != null) {
            asked = reset.millis(head.headers(), System.currentTimeMillis());
        }
        if (asked > 1) {
            tally.count(ClusterMetrics.RQ_RETRY_BACKOFF_RATELIMITED);
            return asked + random.nextLong(Math.max(1, asked / 2));
        }
        tally.count(ClusterMetrics.RQ_RETRY_BACKOFF_EXPONENTIAL);
        long base = nextBase;
        nextBase = Math.min(policy.times().most(), 2 * base);
        return random.nextLong(base);
    }

    /** Nothing is tried again from now on. */
    void giveUp() {
        on = 0;
        forgetBackOff();
        uncount();
    }

    private void forgetBackOff() {
        if (backOff != null) {
            backOff.cancel();
            backOff = null;
        }
    }

    private void uncount() {
        Cluster to = cluster;
        if (counted && to != null) {
            counted = false;
            to.retryOver(high);
        }
    }

    /** The exchange is over. */
    void close() {
        giveUp();
        cluster = null;
        policy = RetryPolicy.NONE;
    }
}
