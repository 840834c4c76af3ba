package dev.wick.gateway.exchange;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.FinishedExchange;
import dev.wick.gateway.observe.MetricSet;
import dev.wick.gateway.observe.ResponseFlag;
import dev.wick.gateway.observe.VirtualClusterMetrics;
import dev.wick.gateway.overload.Overload;
import dev.wick.gateway.snapshot.HostSnapshot;
import dev.wick.gateway.upstream.Cluster;
import dev.wick.gateway.upstream.PlainTcp;
import dev.wick.gateway.upstream.ProxiedConnection;
import dev.wick.gateway.upstream.UpstreamFailure;
import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import dev.wick.http.ResponseHead;
import dev.wick.route.AuthorityRewrite;
import dev.wick.route.ConnectConfig;
import dev.wick.route.Forward;
import dev.wick.route.HostChoice;
import dev.wick.route.InternalRedirects;
import dev.wick.route.Mirror;
import dev.wick.route.Retries;
import dev.wick.route.Timeouts;
import dev.wick.route.UpgradeRules;
import dev.wick.route.VirtualClusters;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's side of an exchange: the request on its way to a cluster, and the answer on its way
 * back, by {@link Attempt}s at single hosts. Confined to the exchange's loop; used again for the
 * connection's next exchange.
 */
final class Forwarding {

    private static final long NANOS = 1_000_000;
    private static final long DEFAULT_TIMEOUT_MILLIS = 15_000;
    private static final String DEFAULT_TIMEOUT = "15000";

    private final Exchange exchange;
    private final RouteTimeout timeout;
    private @Nullable Cluster cluster;
    private @Nullable AuthorityRewrite auto;

    /** The authority before that of a host takes its place. */
    private String authority = "";

    /** Carries most exchanges alone. */
    private final Attempt first = new Attempt(this);

    /** Null before anything is sent, and after the end. */
    private @Nullable Attempt attempt;

    /** Null where any host will do. */
    private @Nullable HostSelection selection;

    /** Null where the route says nothing of retries. */
    private @Nullable Retrying retrying;

    private @Nullable Retrying spareRetrying;
    private long timeoutMillis;
    private LocalReply timeoutReply = LocalReply.ROUTE_TIMEOUT;

    /** Whether the route says how long nothing may move. */
    private boolean bounded;

    /** The answer that goes to the client has no body, whatever its host sends. */
    private boolean bodiless;

    /** How the request goes on without HTTP; null where it does not. */
    private @Nullable PlainTcp tunnel;

    private boolean high;

    private long requestEndNanos;

    /** Copies whose request is not complete; null for none. */
    private @Nullable Mirrors mirrors;

    /** Which redirects are followed here; null: none. */
    private @Nullable InternalRedirects redirects;

    /** Null until one was to be followed. */
    private @Nullable Redirecting redirecting;

    /** What counts the request besides its cluster; null for none. */
    private @Nullable MetricSet virtualCluster;

    Forwarding(Exchange exchange) {
        this.exchange = exchange;
        this.timeout = new RouteTimeout(this);
    }

    void send(Cluster to, Forward forward) {
        RequestHead head = exchange.head;
        Headers headers = head.headers();
        cluster = to;
        Timeouts timeouts = forward.timeouts();
        timeoutMillis = timeouts.routeMillis();
        bounded = !timeouts.plain() && exchange.bound(timeouts);
        timeoutReply = LocalReply.ROUTE_TIMEOUT;
        virtualCluster = virtualCluster();
        high = forward.high();
        redirects = exchange.upgrading() ? null : forward.redirects();
        if (RequestTimeouts.any(headers)) {
            obey(headers);
        }
        if (timeoutMillis > 0) {
            headers.set("x-envoy-expected-rq-timeout-ms", timeoutText());
        }
        exchange.routing().changeRequest(headers);
        String path = head.path();
        forward.rewrite(head);
        auto = forward.autoAuthority();
        ConnectConfig ends = forward.upgrades().connect();
        tunnel = ends != null && ends.takes(head) ? new PlainTcp(ends.proxyVersion()) : null;
        authority = head.authority();
        HostChoice choice = exchange.routing().hostChoice(forward);
        selection = choice == null ? null : new HostSelection(choice, head, path, exchange.facts());
        boolean end = exchange.requestEnded();
        Mirror[] copied = forward.mirrors();
        HostSnapshot serving = exchange.routing().snapshot();
        if (copied != null && serving != null && !exchange.upgrading()) {
            mirrors = Mirrors.begin(copied, serving, exchange.loop, head, end, timeoutMillis);
        }
        if (exchange.upgrading()) {
            // Until the host agrees, it would read what follows as another request.
            exchange.downstream.pause();
        }
        attempt = first;
        Retries retries = forward.retries();
        if (retries != Retries.NONE) {
            retry(to, retries);
        }
        first.send(to, exchange.loop, head, end, selection);
        if (end) {
            requestEndNanos = redirecting == null ? exchange.startNanos() : System.nanoTime();
            watch();
        }
    }

    /** Finds what counts the request besides its cluster, and counts it there. */
    private @Nullable MetricSet virtualCluster() {
        HostSnapshot serving = exchange.routing().snapshot();
        VirtualClusters clusters = serving == null ? null : serving.routes().virtualClusters();
        if (clusters == null) {
            return null;
        }
        int place = clusters.place(exchange.head);
        exchange.finished.virtualCluster = clusters.name(place);
        MetricSet counted = exchange.door.virtualClusters.of(clusters.key(place));
        counted.count(exchange.loop.index(), VirtualClusterMetrics.RQ_TOTAL);
        return counted;
    }

    private void countVirtualCluster(MetricSet counted, FinishedExchange finished) {
        int loop = exchange.loop.index();
        if (finished.status != 0) {
            counted.count(loop, VirtualClusterMetrics.RQ_COMPLETED);
            counted.count(loop, VirtualClusterMetrics.RQ_XX, finished.status);
            counted.record(loop, VirtualClusterMetrics.RQ_TIME, finished.durationMillis);
        }
    }

    /** A host is chosen for the request, which has not left yet. */
    void chosen(@Nullable String name) {
        AuthorityRewrite rewrite = auto;
        if (rewrite != null) {
            exchange.head.authority(authority); // not that of a host that was tried before
            rewrite.replace(exchange.head, name);
        }
    }

    /** How the request goes on without HTTP; null where it does not. */
    @Nullable PlainTcp tunnel() {
        return tunnel;
    }

    /** The client's connection, for hosts that are told of it. */
    ProxiedConnection proxied() {
        return new ProxiedConnection(exchange.client.remote(), exchange.client.local());
    }

    /** Of the cluster that the request went to. */
    @Nullable String clusterName() {
        return cluster == null ? null : cluster.name();
    }

    /** The {@code address:port} of the host, once one is chosen. */
    @Nullable String host() {
        return attempt == null ? null : attempt.host();
    }

    private void retry(Cluster to, Retries retries) {
        Retrying tries = spareRetrying == null ? new Retrying(exchange, this) : spareRetrying;
        spareRetrying = tries;
        retrying = tries;
        tries.begin(to, retries, first);
    }

    /** Sends the request once more. */
    void again(Attempt next, Cluster to, boolean end) {
        attempt = next;
        next.send(to, exchange.loop, exchange.head, end, selection);
    }

    /** The answer of this one is the client's. */
    void chosen(Attempt from) {
        attempt = from;
        from.chosen();
    }

    Loop loop() {
        return exchange.loop;
    }

    boolean requestEnded() {
        return exchange.requestEnded();
    }

    /** Whether the request has the priority HIGH. */
    boolean high() {
        return high;
    }

    /** The route's timeout; 0: none. */
    long timeoutMillis() {
        return timeoutMillis;
    }

    /** What is left of the route's timeout, at least 1; 0: it has none. */
    long millisLeft() {
        if (timeoutMillis == 0 || !exchange.requestEnded()) {
            return timeoutMillis;
        }
        return Math.max(1, timeoutMillis - (System.nanoTime() - requestEndNanos) / NANOS);
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

    /** What a request from inside may say of its timeout; from outside none of it comes here. */
    private void obey(Headers headers) {
        String asked = headers.get(RequestTimeouts.ROUTE);
        if (asked != null) {
            timeoutMillis = RequestTimeouts.millis(asked, timeoutMillis);
            headers.remove(RequestTimeouts.ROUTE);
        }
        if (headers.contains(RequestTimeouts.ALTERNATIVE)) {
            timeoutReply = LocalReply.ROUTE_TIMEOUT_EMPTY;
            headers.remove(RequestTimeouts.ALTERNATIVE);
        }
    }

    private String timeoutText() {
        return timeoutMillis == DEFAULT_TIMEOUT_MILLIS
                ? DEFAULT_TIMEOUT
                : Long.toString(timeoutMillis);
    }

    /** From the end of the request on, the route's timeout runs. */
    private void watch() {
        if (!exchange.running()) {
            return; // With the end of the request a tunnel may have ended, and all with it.
        }
        if (timeoutMillis > 0) {
            exchange.loop.arm(timeout, timeoutMillis);
        }
        if (!bounded) {
            exchange.watchIdle(timeoutMillis);
        }
    }

    /** Passes a part of the request's body on, and says whether the host takes more. */
    boolean requestBody(ByteBuf data) {
        if (mirrors != null) {
            mirrors.write(data);
        }
        Attempt to = attempt;
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
        requestEndNanos = System.nanoTime();
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
            if (!exchange.upgrading()) {
                watch();
            }
        }
    }

    /** The client takes more of the response's body. */
    void resume() {
        Attempt from = attempt;
        if (from != null) {
            from.resume();
        }
    }

    /** An informational head, which Envoy swallows by default: it answers 100-continue itself. */
    void informational(ResponseHead head) {
        if (exchange.door.settings().protocols().proxy100Continue()) {
            exchange.touch();
            exchange.downstream.informational(head);
        }
    }

    /** The answer's head, without what concerned the connection. */
    void head(Attempt from, ResponseHead head) {
        boolean bodiless = bodiless(head);
        if (retrying != null && retrying.takes(from, head, bodiless)) {
            return;
        }
        InternalRedirects rules = redirects;
        if (rules == null || !follow(rules, head)) {
            deliver(head, bodiless);
        }
    }

    private void deliver(ResponseHead head, boolean without) {
        bodiless = without;
        Headers headers = head.headers();
        tell(headers);
        if (exchange.requestEnded()) {
            long now = System.nanoTime();
            long millis = (now - requestEndNanos) / NANOS;
            exchange.finished.responseMillis = (now - exchange.startNanos()) / NANOS;
            exchange.finished.upstreamServiceMillis = millis;
            headers.set("x-envoy-upstream-service-time", Long.toString(millis));
        }
        HostSelection chosen = selection;
        if (chosen != null) {
            chosen.answered(host(), headers);
        }
        exchange.finished.details = "via_upstream";
        exchange.facts().responding(head);
        exchange.routing().changeResponse(headers);
        if (!headers.contains("date")) {
            headers.add("date", exchange.door.date(exchange.loop.index()));
        }
        EdgeHeaders.respond(headers, exchange.head.headers(), exchange.door.settings().edge());
        exchange.touch();
        if (exchange.upgrading() && opensTunnel(head)) {
            exchange.tunnel(head);
        } else {
            exchange.respond(head, without);
        }
    }

    private boolean opensTunnel(ResponseHead head) {
        boolean connect = exchange.head.upgrade().equals(UpgradeRules.CONNECT);
        return connect ? head.status() / 100 == 2 : head.status() == 101;
    }

    /** The host of a tunnel has sent all that it will. */
    void hostEnded() {
        exchange.downstream.endOutput();
    }

    private boolean bodiless(ResponseHead head) {
        return head.last()
                || head.status() == 204
                || head.status() == 304
                || "0".equals(head.headers().get("content-length"))
                || exchange.head.method().equals("HEAD");
    }

    /** A part of the answer's body, of which this becomes the owner. */
    void body(Attempt from, ByteBuf data) {
        if (bodiless) {
            data.release();
            return;
        }
        exchange.finished.bytesSent += data.readableBytes();
        exchange.touch();
        if (!exchange.downstream.write(data)) {
            from.pause();
            Overload overload = exchange.door.overload();
            if (overload != null) {
                overload.kept(exchange.loop.index());
            }
        }
    }

    /** The answer is complete. */
    void end(@Nullable Headers trailers) {
        exchange.complete(trailers);
    }

    /** There will be no (more of an) answer from there. */
    void failed(Attempt from, UpstreamFailure why) {
        if (retrying != null && retrying.takes(from, why)) {
            return;
        }
        LocalReply reply = LocalReply.of(why);
        if (!exchange.answering()) {
            exchange.reply(repeated() ? reply.afterRetries() : reply);
        } else if (reply.flag() != null) {
            exchange.cut(reply.flag());
        }
    }

    /** A try took longer than it may, or nothing moved in it for too long. */
    void tookTooLong(Attempt from, boolean idle) {
        from.tooSlow(timeoutReply.status());
        if (retrying != null && retrying.takesTimeout(from, idle)) {
            return;
        }
        if (exchange.answering()) {
            exchange.cut(ResponseFlag.UPSTREAM_REQUEST_TIMEOUT);
        } else {
            exchange.reply(idle ? LocalReply.PER_TRY_IDLE_TIMEOUT : LocalReply.PER_TRY_TIMEOUT);
        }
    }

    /** A try took longer than its cluster allows. It is closed, and counts as a reset. */
    void livedTooLong(Attempt from) {
        Cluster to = cluster;
        if (to != null) {
            to.metrics().count(exchange.loop.index(), ClusterMetrics.RQ_MAX_DURATION_REACHED);
        }
        if (retrying != null && retrying.takes(from, UpstreamFailure.REMOTE_RESET)) {
            return;
        }
        if (exchange.answering()) {
            exchange.cut(ResponseFlag.UPSTREAM_MAX_STREAM_DURATION_REACHED);
        } else if (exchange.requestEnded()) {
            exchange.reply(LocalReply.CLUSTER_DURATION_HOST);
        } else {
            exchange.reply(LocalReply.CLUSTER_DURATION_CLIENT);
        }
    }

    /** The host takes more of the request's body. */
    void writable() {
        exchange.downstream.resume();
    }

    /** The route's timeout has passed. */
    void timedOut() {
        int loop = exchange.loop.index();
        int running = holdTooSlow();
        Cluster to = cluster;
        if (to != null) {
            to.metrics().count(loop, ClusterMetrics.RQ_TIMEOUT, running);
        }
        if (virtualCluster != null) {
            virtualCluster.count(loop, VirtualClusterMetrics.RQ_TIMEOUT, running);
        }
        if (exchange.answering()) {
            exchange.cut(ResponseFlag.UPSTREAM_REQUEST_TIMEOUT);
        } else {
            exchange.reply(timeoutReply);
        }
    }

    /** Holds hosts to have been too slow that have not begun to answer; how many tries run. */
    private int holdTooSlow() {
        if (retrying != null) {
            return retrying.holdTooSlow(timeoutReply.status());
        }
        if (attempt != null && attempt.awaitsHead()) {
            attempt.tooSlow(timeoutReply.status());
        }
        return 1;
    }

    private boolean follow(InternalRedirects rules, ResponseHead redirect) {
        Redirecting follower = redirecting == null ? new Redirecting(exchange) : redirecting;
        redirecting = follower;
        Cluster from = cluster;
        return rules.takes(redirect.status())
                && from != null
                && follower.follow(rules, redirect, from);
    }

    /** The request goes on elsewhere: nothing more is wanted of where it is. */
    void leave() {
        timeout.disarm();
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
        head.headers().set("content-length", "0");
        deliver(head, true);
        exchange.complete(null);
    }

    /** The exchange is over: gives up what still runs, and says what the log wants to know. */
    void close(FinishedExchange finished) {
        timeout.disarm();
        if (mirrors != null) {
            mirrors.close();
            mirrors = null;
        }
        if (redirecting != null) {
            redirecting.close();
            redirecting = null;
        }
        MetricSet counted = virtualCluster;
        if (counted != null) {
            countVirtualCluster(counted, finished);
            virtualCluster = null;
        }
        Cluster to = cluster;
        Attempt last = attempt;
        cluster = null;
        selection = null;
        auto = null;
        if (to == null || last == null) {
            return;
        }
        finished.upstreamHost = last.host();
        if (last.over()) {
            to.metrics()
                    .record(exchange.loop.index(), ClusterMetrics.RQ_TIME, finished.durationMillis);
        }
        last.close();
        if (retrying != null) {
            retrying.close();
            retrying = null;
        }
        attempt = null;
    }
}
