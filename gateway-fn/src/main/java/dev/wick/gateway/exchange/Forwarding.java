package dev.wick.gateway.exchange;

import dev.wick.gateway.balance.Member;
import dev.wick.gateway.balance.Selection;
import dev.wick.gateway.observe.FinishedExchange;
import dev.wick.gateway.snapshot.HostSnapshot;
import dev.wick.gateway.upstream.Cluster;
import dev.wick.gateway.upstream.PlainTcp;
import dev.wick.gateway.upstream.UpstreamFailure;
import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import dev.wick.http.ResponseHead;
import dev.wick.route.ConnectConfig;
import dev.wick.route.Forward;
import dev.wick.route.HostChoice;
import dev.wick.route.InternalRedirects;
import dev.wick.route.Mirror;
import dev.wick.route.Retries;
import dev.wick.route.RetryPolicy;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's side of an exchange: the request on its way to a cluster, and the answer on its way
 * back, by {@link Attempt}s at single hosts. Confined to the exchange's loop; used again for the
 * connection's next exchange.
 */
final class Forwarding {

    private final Exchange exchange;
    private final Tally tally;
    private final TimeBudget time;
    private final Answering answering;
    private @Nullable Cluster cluster;
    private final HostAuthority hostAuthority = new HostAuthority();

    /** Carries most exchanges alone. */
    private final Attempt first;

    /** Null before anything is sent, and after the end. */
    private @Nullable Attempt attempt;

    /** Null where any host will do. */
    private @Nullable HostSelection selection;

    /** Null where the route says nothing of retries. */
    private @Nullable Retrying retrying;

    private @Nullable Retrying spareRetrying;

    /** How the request goes on without HTTP; null where it does not. */
    private @Nullable PlainTcp tunnel;

    /** Whether it has the priority HIGH. */
    private boolean high;

    /** Copies whose request is not complete; null for none. */
    private @Nullable Mirrors mirrors;

    /** Which redirects are followed here; null: none. */
    private @Nullable InternalRedirects redirects;

    /** Null until one was to be followed. */
    private @Nullable Redirecting redirecting;

    Forwarding(Exchange exchange) {
        this.exchange = exchange;
        this.tally = new Tally(exchange);
        this.time = new TimeBudget(exchange, this);
        this.answering = new Answering(exchange, this, tally, time);
        this.first = new Attempt(exchange, this);
    }

    void send(Cluster to, Forward forward) {
        RequestHead head = exchange.head;
        cluster = to;
        tally.begin(to);
        answering.begin();
        high = forward.high();
        redirects = exchange.upgrading() ? null : forward.redirects();
        String path = head.path();
        RetryPolicy policy = prepare(forward);
        ConnectConfig ends = forward.upgrades().connect();
        tunnel = ends != null && ends.takes(head) ? new PlainTcp(ends.proxyVersion()) : null;
        hostAuthority.begin(forward.autoAuthority(), head);
        HostChoice choice = exchange.routing().hostChoice(forward);
        boolean hashes = to.settings().balancing().policy().hashes();
        selection =
                choice == null
                        ? null
                        : new HostSelection(choice, hashes, head, path, exchange.facts());
        boolean end = exchange.requestEnded();
        Mirror[] copied = forward.mirrors();
        HostSnapshot serving = exchange.routing().snapshot();
        if (copied != null && serving != null && !exchange.upgrading()) {
            mirrors = Mirrors.begin(copied, serving, exchange.loop, head, end, time.millis());
        }
        if (exchange.upgrading()) {
            // Until the host agrees, it would read what follows as another request.
            exchange.downstream.pause();
        }
        attempt = first;
        time.bound(first);
        if (retrying != null) {
            retrying.begin(to, policy, first, selection);
        }
        first.send(to, exchange.loop, head, end, selection);
        if (end) {
            time.start(redirecting == null ? exchange.startNanos() : System.nanoTime());
        }
    }

    /**
     * Makes the request's head what its host is to see, in Envoy's order: what it asks of timeouts
     * is read before its route changes headers, what it asks of retries after that.
     *
     * @return by what it is tried again
     */
    private RetryPolicy prepare(Forward forward) {
        Headers headers = exchange.head.headers();
        Retries retries = forward.retries();
        RetryPolicy policy = retries.policy() == null ? RetryPolicy.NONE : retries.policy();
        boolean asks = ControlHeaders.any(headers);
        time.begin(forward.timeouts(), policy.times(), asks ? headers : null);
        boolean hedges = retries.hedges();
        if (asks) {
            hedges = ControlHeaders.hedges(headers, hedges);
            headers.remove(ControlHeaders.ALT_STAT_NAME);
        }
        if (asks || retries != Retries.NONE) {
            tries().open(retries, hedges);
        }
        time.tell(headers, hedges, true);
        boolean changed = exchange.routing().changeRequest(headers);
        forward.rewrite(exchange.head);
        if (!asks && !changed || !ControlHeaders.any(headers)) {
            return policy;
        }
        if (retrying == null) {
            tries().open(retries, hedges);
        }
        return ControlHeaders.retries(headers, policy);
    }

    private Retrying tries() {
        Retrying tries = spareRetrying;
        if (tries == null) {
            tries = new Retrying(exchange, this, tally, time);
            spareRetrying = tries;
        }
        retrying = tries;
        return tries;
    }

    /** A host is chosen for the request, which has not left yet. */
    void chosen(@Nullable String name) {
        hostAuthority.chosen(exchange.head, name);
    }

    @Nullable PlainTcp tunnel() {
        return tunnel;
    }

    /** Of the cluster that the request went to. */
    @Nullable String clusterName() {
        return cluster == null ? null : cluster.name();
    }

    /** The {@code address:port} of the host, once one is chosen. */
    @Nullable String host() {
        Member chosen = attempt == null ? null : attempt.host();
        return chosen == null ? null : chosen.text();
    }

    /** Sends the request once more. */
    void again(Attempt next, Cluster to, boolean end, @Nullable Selection asking) {
        attempt = next;
        next.send(to, exchange.loop, exchange.head, end, asking);
    }

    /** The answer of this one is the client's. */
    void chosen(Attempt from) {
        attempt = from;
    }

    boolean high() {
        return high;
    }

    boolean hasRetryPolicy() {
        return retrying != null && retrying.hasPolicy();
    }

    /** Whether the request was sent more than once. */
    boolean repeated() {
        return retrying != null && retrying.repeated();
    }

    /** What the client is told of the tries. */
    void tell(Headers response) {
        if (retrying != null) {
            retrying.tell(response);
        }
    }

    /** The client is told which host it is to come back to, where it is bound to one. */
    void bind(Headers response) {
        HostSelection chosen = selection;
        if (chosen != null) {
            chosen.answered(host(), response);
        }
    }

    /** A try has a connection. */
    void begun() {
        tally.attempted();
    }

    /** Passes a part of the request's body on, and says whether the host takes more. */
    boolean requestBody(ByteBuf data) {
        if (mirrors != null) {
            mirrors.write(data);
        }
        Attempt to = attempt;
        assert to != null : "nobody takes the body of a request that was not sent";
        if (to == null) {
            data.release();
            return true;
        }
        if (retrying != null) {
            return retrying.requestBody(data);
        }
        return to.write(data);
    }

    /** The client has sent the whole request. */
    void requestEnd(@Nullable Headers trailers) {
        if (mirrors != null) {
            mirrors.end(trailers);
            mirrors = null;
        }
        Attempt to = attempt;
        if (to != null) {
            if (retrying == null) {
                to.endRequest(trailers);
            } else {
                retrying.requestEnd(trailers);
            }
            time.start(System.nanoTime());
        }
    }

    /** The client takes more of the response's body. */
    void resume() {
        Attempt from = attempt;
        if (from != null) {
            from.resume();
        }
    }

    /** An interim answer, which counts as one, as in Envoy. */
    void informational(Attempt from, ResponseHead head) {
        if (answering.informs(head.status())) {
            tally.answered(head.status());
            if (retrying != null) {
                retrying.informed(from);
            }
            answering.informational(head);
        }
    }

    /** The answer's head, without what concerned the connection. */
    void head(Attempt from, ResponseHead head) {
        boolean bodiless = answering.bodiless(head);
        if (retrying != null && retrying.takes(from, head, bodiless)) {
            return;
        }
        from.answers();
        InternalRedirects rules = redirects;
        if (rules == null || !rules.takes(head.status()) || !follow(rules, head)) {
            answering.head(head, bodiless);
        }
    }

    /** The host of a tunnel has sent all that it will. */
    void hostEnded() {
        exchange.downstream.endOutput();
    }

    /** A part of the answer's body, of which this becomes the owner. */
    void body(Attempt from, ByteBuf data) {
        answering.body(from, data);
    }

    /** The answer is complete. */
    void end(@Nullable Headers trailers) {
        answering.end(trailers);
    }

    /** There will be no (more of an) answer from there. */
    void failed(Attempt from, UpstreamFailure why) {
        if (retrying != null && retrying.takes(from, why)) {
            return;
        }
        LocalReply reply = LocalReply.of(why);
        answering.instead(repeated() ? reply.afterRetries() : reply, true);
    }

    /** A bound of one try is reached. */
    void tookTooLong(Attempt from, Attempt.Limit limit) {
        if (limit != Attempt.Limit.LIFE) {
            from.tooSlow(time.reply().status());
        }
        Retrying tries = retrying;
        if (tries != null && tries.goesOn(from, limit)) {
            return;
        }
        tally.count(limit.counter);
        from.close();
        if (tries != null && tries.takesTimeout(from, limit)) {
            return;
        }
        LocalReply reply = LocalReply.of(limit, exchange.requestEnded());
        boolean timeout = limit != Attempt.Limit.LIFE;
        answering.instead(timeout ? time.reply(reply) : reply, timeout);
    }

    /** The host takes more of the request's body. */
    void writable() {
        exchange.downstream.resume();
    }

    /** The route's timeout has passed. */
    void timedOut() {
        Attempt only = attempt;
        if (retrying != null) {
            retrying.timedOut();
        } else if (only != null) {
            tally.timedOut(only, time.reply().status());
        }
        answering.instead(time.reply(), false);
    }

    private boolean follow(InternalRedirects rules, ResponseHead redirect) {
        Redirecting follower = redirecting == null ? new Redirecting(exchange) : redirecting;
        redirecting = follower;
        Cluster from = cluster;
        return from != null && follower.follow(rules, redirect, from);
    }

    /** The request goes on elsewhere: nothing more is wanted of where it is. */
    void leave() {
        time.disarm();
        Attempt last = attempt;
        if (last != null) {
            last.close();
        }
        if (retrying != null) {
            retrying.close();
            retrying = null;
        }
        attempt = null;
    }

    /** A redirect that was to be followed after all is the client's, but its body is gone. */
    void passWithoutBody(ResponseHead head) {
        answering.withoutBody(head);
    }

    /** The exchange is over: gives up what still runs, and says what the log wants to know. */
    void close(FinishedExchange finished) {
        time.disarm();
        if (mirrors != null) {
            mirrors.close();
            mirrors = null;
        }
        if (redirecting != null) {
            redirecting.close();
            redirecting = null;
        }
        tally.close();
        Attempt last = attempt;
        cluster = null;
        selection = null;
        hostAuthority.close();
        if (last == null) {
            return;
        }
        finished.upstreamHost = host();
        last.close();
        if (retrying != null) {
            retrying.close();
            retrying = null;
        }
        attempt = null;
    }
}
