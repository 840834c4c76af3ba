package dev.wick.gateway.exchange;

import dev.wick.gateway.balance.Member;
import dev.wick.gateway.balance.Selection;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.upstream.Cluster;
import dev.wick.gateway.upstream.UpstreamFailure;
import dev.wick.http.Headers;
import dev.wick.http.ResponseHead;
import dev.wick.route.Retries;
import dev.wick.route.RetryHosts;
import dev.wick.route.RetryPolicy;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All tries of an exchange whose route, or which itself, says something of retries. Confined to the
 * exchange's loop; used again for the connection's next exchange.
 *
 * <p>Each try is an {@link Attempt}. What one of them hears comes here first, until one answer is
 * chosen: the first that is not to be tried again. From then on the exchange is as if there had
 * been no other. With hedging several run at once; else the next begins when the one before is over
 * and a while, the back-off, has passed.
 */
final class Retrying {

    private static final String ATTEMPT_COUNT = "x-envoy-attempt-count";

    private final Exchange exchange;
    private final Forwarding forwarding;
    private final Tally tally;
    private final TimeBudget time;
    private final RetryState state;
    private final Replay replay = new Replay();

    /** Those that run, and what was over since the last try began. */
    private final List<Attempt> attempts = new ArrayList<>(2);

    private @Nullable Cluster cluster;
    private Retries rules = Retries.NONE;

    /** Whether a try that takes too long goes on beside the next. */
    private boolean hedges;

    private int tries;
    private boolean chosen;
    private boolean afterTimeout;

    /** What the first try asks of its host; null: nothing. */
    private @Nullable Selection asked;

    /** What retries ask of theirs; null before the first, and where they ask nothing. */
    private @Nullable RetrySelection selection;

    /** How many of {@link #attempts}, from the first, {@link #selection} knows of. */
    private int told;

    private @Nullable Headers trailers;

    Retrying(Exchange exchange, Forwarding forwarding, Tally tally, TimeBudget time) {
        this.exchange = exchange;
        this.forwarding = forwarding;
        this.tally = tally;
        this.time = time;
        this.state = new RetryState(exchange, tally);
    }

    /** Before the route changes the request's headers: what the first host is told. */
    void open(Retries said, boolean hedging) {
        rules = said;
        hedges = hedging;
        tries = 1;
        chosen = false;
        if (rules.tells(Retries.COUNT_IN_REQUEST)) {
            exchange.head.headers().set(ATTEMPT_COUNT, "1");
        }
    }

    /**
     * Before the first try.
     *
     * @param asks what that asks of its host; null: nothing
     */
    void begin(Cluster to, RetryPolicy policy, Attempt first, @Nullable Selection asks) {
        cluster = to;
        asked = asks;
        state.begin(to, policy, forwarding.high());
        attempts.add(first);
        if (state.active() && !exchange.requestEnded()) {
            replay.open(rules.bufferLimit());
        }
    }

    /** What the host of another try is told. */
    private void tellAgain() {
        Headers headers = exchange.head.headers();
        if (rules.tells(Retries.COUNT_IN_REQUEST)) {
            headers.set(ATTEMPT_COUNT, Integer.toString(tries));
        }
        if (rules.tells(Retries.TIMEOUT_RETRY)) {
            headers.set("x-envoy-is-timeout-retry", Boolean.toString(afterTimeout));
        }
        time.tell(headers, hedges, false);
    }

    /** What the client is told with the chosen answer, or with one made here. */
    void tell(Headers response) {
        if (rules.tells(Retries.COUNT_IN_RESPONSE)) {
            response.set(ATTEMPT_COUNT, Integer.toString(tries));
        }
    }

    boolean hasPolicy() {
        return state.policy() != RetryPolicy.NONE;
    }

    /** Whether there was more than one try. */
    boolean repeated() {
        return tries > 1;
    }

    /** Passes a part of the request's body on; false where no host takes more now. */
    boolean requestBody(ByteBuf data) {
        if (replay.isOpen() && !replay.keep(data)) {
            tally.count(ClusterMetrics.RETRY_OR_SHADOW_ABANDONED);
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
        state.giveUp();
        replay.close();
    }

    /** An interim answer has come: who sent it gives the answer too, as in Envoy. */
    void informed(Attempt from) {
        if (!chosen) {
            choose(from);
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
        boolean again = state.wants(head);
        if (!from.retried() && decide(again, head, false)) {
            tally.answeredInVain(head.status());
            from.drop(bodiless && exchange.requestEnded());
            return true;
        }
        if (again && awaitsAnother(from)) {
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
        if (!from.retried() && decide(state.wants(why, from.hasBegun()), null, false)) {
            return true;
        }
        if (awaitsAnother(from)) {
            tally.answered(LocalReply.of(why).status());
            return true;
        }
        return false;
    }

    /**
     * A try took longer than it may.
     *
     * @return whether it goes on all the same, with hedging beside the next
     */
    boolean goesOn(Attempt from, Attempt.Limit limit) {
        boolean soft = hedges && limit == Attempt.Limit.WHOLE;
        if (soft && !chosen && !from.retried() && decide(true, null, true)) {
            from.markRetried();
        }
        return soft;
    }

    /**
     * A try took longer than it may, and is given up.
     *
     * @return whether the client is not told: another is tried, or awaited, in its place
     */
    boolean takesTimeout(Attempt from, Attempt.Limit limit) {
        boolean timeout = limit != Attempt.Limit.LIFE;
        if (chosen) {
            return false;
        }
        return !from.retried() && decide(state.wantsAfterReset(), null, timeout)
                || hedges && timeout && awaitsAnother(from);
    }

    /** The route's timeout has passed. */
    void timedOut() {
        for (int i = 0; i < attempts.size(); i++) {
            if (attempts.get(i).running()) {
                tally.timedOut(attempts.get(i), time.reply().status());
            }
        }
    }

    private boolean awaitsAnother(Attempt than) {
        for (int i = 0; i < attempts.size(); i++) {
            if (attempts.get(i) != than && attempts.get(i).running()) {
                return true;
            }
        }
        return state.waiting();
    }

    private boolean decide(boolean again, @Nullable ResponseHead head, boolean timeout) {
        if (!state.decide(again, head, this::again)) {
            return false;
        }
        afterTimeout = timeout;
        return true;
    }

    private void again() {
        Cluster to = cluster;
        if (to == null) {
            return;
        }
        Selection asking = selection();
        forgetThoseOver();
        tries++;
        Attempt next = new Attempt(exchange, forwarding);
        attempts.add(next);
        time.bound(next);
        tellAgain();
        boolean ended = exchange.requestEnded();
        boolean bodiless = replay.isEmpty() && trailers == null;
        forwarding.again(next, to, ended && bodiless, asking);
        if (!ended || !bodiless) {
            replay.into(next);
            if (ended) {
                next.endRequest(trailers);
            }
        }
    }

    /** There may be very many retries, and all that comes goes through all that are here. */
    private void forgetThoseOver() {
        for (int i = attempts.size() - 1; i >= 0; i--) {
            Attempt attempt = attempts.get(i);
            if (attempt.over()) {
                attempt.close();
                attempts.remove(i);
            }
        }
        told = attempts.size();
    }

    /** What the next try asks of its host; null: nothing. */
    private @Nullable Selection selection() {
        RetryHosts hosts = state.policy().hosts();
        if (selection == null && (hosts != null || asked != null)) {
            selection = new RetrySelection(hosts, asked);
        }
        RetrySelection asking = selection;
        if (asking != null) {
            for (; told < attempts.size(); told++) {
                Member host = attempts.get(told).host();
                if (host != null) {
                    asking.tried(host);
                }
            }
        }
        return asking;
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

    /** The exchange is over. */
    void close() {
        state.close();
        replay.close();
        for (int i = 0; i < attempts.size(); i++) {
            attempts.get(i).close();
        }
        attempts.clear();
        cluster = null;
        asked = null;
        selection = null;
        told = 0;
        trailers = null;
        rules = Retries.NONE;
    }
}
