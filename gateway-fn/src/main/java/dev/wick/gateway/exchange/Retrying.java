package dev.wick.gateway.exchange;

import dev.wick.gateway.client.Timer;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.Metric;
import dev.wick.gateway.observe.ResponseFlag;
import dev.wick.gateway.upstream.Cluster;
import dev.wick.gateway.upstream.UpstreamFailure;
import dev.wick.http.Headers;
import dev.wick.http.ResponseHead;
import dev.wick.route.ResetHeaders;
import dev.wick.route.Retries;
import dev.wick.route.RetryOn;
import dev.wick.route.RetryPolicy;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * All tries of an exchange whose route says something of retries. Confined to the exchange's loop;
 * used again for the connection's next exchange.
 *
 * <p>Each try is an {@link Attempt}. What one of them hears comes here first, until one answer is
 * chosen: the first that is not to be tried again. From then on the exchange is as if there had
 * been no other. With hedging several run at once; else the next begins when the one before is over
 * and a while, the back-off, has passed. A retry counts for the cluster's limit of retries from the
 * moment it is decided until what it brings is known.
 */
final class Retrying {

    private static final int RESETS = RetryOn.FIVE_XX | RetryOn.GATEWAY_ERROR | RetryOn.RESET;

    private final Exchange exchange;
    private final Forwarding forwarding;
    private final Replay replay = new Replay();
    private final List<Attempt> attempts = new ArrayList<>(2);

    private @Nullable Cluster cluster;
    private Retries rules = Retries.NONE;
    private RetryPolicy policy = RetryPolicy.NONE;

    /** Bits of {@link RetryOn}; 0: nothing is tried again, or not any more. */
    private int on;

    private long left;
    private long nextBase;
    private int tries;
    private boolean chosen;

    /** This exchange counts as a retry of its cluster. */
    private boolean counted;

    /** Runs when the back-off is over. */
    private @Nullable Timer backOff;

    private boolean afterTimeout;
    private @Nullable Headers trailers;

    Retrying(Exchange exchange, Forwarding forwarding) {
        this.exchange = exchange;
        this.forwarding = forwarding;
    }

    /** Before the first try: what it is told, and what is kept of the request. */
    void begin(Cluster to, Retries said, Attempt first) {
        RetryPolicy its = said.policy();
        cluster = to;
        rules = said;
        policy = its == null ? RetryPolicy.NONE : its;
        on = policy.on() == 0 || !policy.admits(exchange.head) ? 0 : policy.on();
        left = policy.retries();
        nextBase = policy.times().base();
        tries = 1;
        chosen = false;
        attempts.add(first);
        bound(first);
        tell();
        if (on != 0 && !exchange.requestEnded()) {
            replay.open(rules.bufferLimit());
        }
    }

    private void bound(Attempt attempt) {
        long perTry = policy.times().perTry();
        long whole = forwarding.timeoutMillis();
        attempt.bound(whole > 0 && perTry >= whole ? 0 : perTry, policy.times().perTryIdle());
    }

    private void tell() {
        Headers headers = exchange.head.headers();
        if (rules.tells(Retries.COUNT_IN_REQUEST)) {
            headers.set("x-envoy-attempt-count", Integer.toString(tries));
        }
        if (tries > 1 && rules.tells(Retries.TIMEOUT_RETRY)) {
            headers.set("x-envoy-is-timeout-retry", Boolean.toString(afterTimeout));
        }
        long perTry = policy.times().perTry();
        if (perTry > 0 || tries > 1) {
            long whole = tries > 1 ? forwarding.millisLeft() : forwarding.timeoutMillis();
            long expected =
                    perTry == 0 || rules.hedges()
                            ? whole
                            : whole == 0 ? perTry : Math.min(perTry, whole);
            if (expected > 0) {
                headers.set("x-envoy-expected-rq-timeout-ms", Long.toString(expected));
            }
        }
    }

    /** What the client is told with the chosen answer, or with one made here. */
    void tell(Headers response) {
        if (rules.tells(Retries.COUNT_IN_RESPONSE)) {
            response.set("x-envoy-attempt-count", Integer.toString(tries));
        }
    }

    boolean hasPolicy() {
        return policy != RetryPolicy.NONE;
    }

    /** Whether there was more than one try. */
    boolean repeated() {
        return tries > 1;
    }

    /** Passes a part of the request's body on; false where no host takes more now. */
    boolean requestBody(ByteBuf data) {
        if (replay.isOpen() && !replay.keep(data)) {
            count(ClusterMetrics.RETRY_OR_SHADOW_ABANDONED);
            giveUp();
            if (running() == 0) {
                data.release();
                exchange.reply(LocalReply.REPLAY_OVERFLOW);
                return true;
            }
        }
        boolean more = true;
        for (int i = 0; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            if (attempt.running()) {
                more &= attempt.write(data.retainedDuplicate());
            }
        }
        data.release();
        return more;
    }

    /** The client has sent the whole request. */
    void requestEnd(@Nullable Headers last) {
        trailers = last;
        for (int i = 0; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            if (attempt.running()) {
                attempt.endRequest(last);
            }
        }
    }

    private int running() {
        int running = 0;
        for (int i = 0; i < attempts.size(); i++) {
            running += attempts.get(i).running() ? 1 : 0;
        }
        return running;
    }

    /** Nothing is tried again from now on. */
    private void giveUp() {
        on = 0;
        replay.close();
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
            to.retryOver(forwarding.high());
        }
    }

    /**
     * An answer has begun.
     *
     * @return whether it is not the client's: another is tried, or awaited, in its place
     */
    boolean takes(Attempt from, ResponseHead head, boolean bodiless) {
        if (chosen) {
            return false;
        }
        boolean again = on != 0 && policy.retries(on, head);
        boolean refused = from.retried() ? again : false;
        if (!from.retried() && on != 0) {
            if (decide(again, head, false)) {
                count(ClusterMetrics.RETRY_RQ_COMPLETED);
                countRetried(head.status());
                from.drop(bodiless && exchange.requestEnded());
                return true;
            }
            refused = again;
        }
        if (refused && awaitsAnother(from)) {
            from.drop(false);
            return true;
        }
        choose(from);
        return false;
    }

    /**
     * A try has failed before its answer.
     *
     * @return whether the client is not told: another is tried, or awaited, in its place
     */
    boolean takes(Attempt from, UpstreamFailure why) {
        if (chosen || why == UpstreamFailure.NO_HEALTHY_UPSTREAM) {
            return false;
        }
        boolean again = on != 0 && !from.retried() && isRetried(why, from.hasBegun());
        if (on != 0 && !from.retried() && decide(again, null, false)) {
            return true;
        }
        return awaitsAnother(from);
    }

    private boolean isRetried(UpstreamFailure why, boolean begun) {
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
     * A try took longer than it may. With hedging it goes on beside the next.
     *
     * @return whether the client is not told: another is tried, or awaited, in its place
     */
    boolean takesTimeout(Attempt from, boolean idle) {
        if (rules.hedges() && !idle) {
            if (!chosen && !from.retried() && on != 0 && decide(true, null, true)) {
                from.markRetried();
            }
            return true;
        }
        count(idle ? ClusterMetrics.RQ_PER_TRY_IDLE_TIMEOUT : ClusterMetrics.RQ_PER_TRY_TIMEOUT);
        from.close();
        if (chosen) {
            return false;
        }
        boolean again = !from.retried() && (on & RESETS) != 0;
        if (on != 0 && !from.retried() && decide(again, null, true)) {
            return true;
        }
        return awaitsAnother(from);
    }

    /** Holds hosts to have been too slow that have not begun to answer; how many tries run. */
    int holdTooSlow(int status) {
        for (int i = 0; i < attempts.size(); i++) {
            if (attempts.get(i).awaitsHead()) {
                attempts.get(i).tooSlow(status);
            }
        }
        return running();
    }

    private boolean awaitsAnother(Attempt than) {
        for (int i = 0; i < attempts.size(); i++) {
            if (attempts.get(i) != than && attempts.get(i).running()) {
                return true;
            }
        }
        return backOff != null;
    }

    /** Whether there is another try now; sees to it then. */
    private boolean decide(boolean again, @Nullable ResponseHead head, boolean timeout) {
        Cluster to = cluster;
        if (counted && !again) {
            count(ClusterMetrics.RQ_RETRY_SUCCESS);
        }
        uncount();
        if (!again || to == null) {
            return false;
        }
        if (left == 0) {
            count(ClusterMetrics.RQ_RETRY_LIMIT_EXCEEDED);
            exchange.finished.flag(ResponseFlag.UPSTREAM_RETRY_LIMIT_EXCEEDED);
            return false;
        }
        left--;
        if (!to.mayRetry(forwarding.high())) {
            count(ClusterMetrics.RQ_RETRY_OVERFLOW);
            exchange.finished.flag(ResponseFlag.UPSTREAM_OVERFLOW);
            return false;
        }
        counted = true;
        count(ClusterMetrics.RQ_RETRY);
        afterTimeout = timeout;
        forgetBackOff();
        backOff = exchange.loop.schedule(wait(head), this::again);
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
            count(ClusterMetrics.RQ_RETRY_BACKOFF_RATELIMITED);
            return asked + random.nextLong(Math.max(1, asked / 2));
        }
        count(ClusterMetrics.RQ_RETRY_BACKOFF_EXPONENTIAL);
        long base = nextBase;
        nextBase = Math.min(policy.times().most(), 2 * base);
        return random.nextLong(base);
    }

    private void again() {
        Cluster to = cluster;
        backOff = null;
        if (to == null) {
            return;
        }
        tries++;
        Attempt next = new Attempt(forwarding);
        attempts.add(next);
        bound(next);
        tell();
        boolean ended = exchange.requestEnded();
        boolean bodiless = replay.isEmpty() && trailers == null;
        forwarding.again(next, to, ended && bodiless);
        if (!ended || !bodiless) {
            replay.into(next);
            if (ended) {
                next.endRequest(trailers);
            }
        }
    }

    /** This one's answer is the client's, or its failure is: there is no other any more. */
    private void choose(Attempt from) {
        chosen = true;
        giveUp();
        forwarding.chosen(from);
        for (int i = 0; i < attempts.size(); i++) {
            if (attempts.get(i) != from) {
                attempts.get(i).close();
            }
        }
    }

    private void count(Metric.Counter counter) {
        Cluster to = cluster;
        if (to != null) {
            to.metrics().count(exchange.loop.index(), counter);
        }
    }

    private void countRetried(int status) {
        Cluster to = cluster;
        if (to != null) {
            to.metrics().count(exchange.loop.index(), ClusterMetrics.RETRY_RQ_XX, status);
        }
    }

    /** The exchange is over. */
    void close() {
        giveUp();
        for (int i = 0; i < attempts.size(); i++) {
            attempts.get(i).close();
        }
        attempts.clear();
        cluster = null;
        trailers = null;
        rules = Retries.NONE;
        policy = RetryPolicy.NONE;
    }
}
