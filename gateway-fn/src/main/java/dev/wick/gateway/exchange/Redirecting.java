package dev.wick.gateway.exchange;

import dev.wick.entry.PathRules;
import dev.wick.gateway.live.Held;
import dev.wick.gateway.live.Wait;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.HttpMetrics;
import dev.wick.gateway.observe.Metric;
import dev.wick.gateway.snapshot.HostSnapshot;
import dev.wick.gateway.upstream.Cluster;
import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import dev.wick.http.ResponseHead;
import dev.wick.route.InternalRedirects;
import dev.wick.route.Route;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows the redirects of one exchange's hosts, as its routes allow: each is a second enter, which
 * may have to draw another host. What cannot be followed goes to the client as it came. Made for an
 * exchange whose first redirect comes; confined to its loop.
 */
final class Redirecting {

    private final Exchange exchange;
    private final List<Route> met = new ArrayList<>();
    private @Nullable Wait wait;
    private int followed;

    Redirecting(Exchange exchange) {
        this.exchange = exchange;
    }

    /**
     * Follows a redirect, if it can.
     *
     * @param from the cluster that answered so
     * @return false where the answer is the client's
     */
    boolean follow(InternalRedirects rules, ResponseHead redirect, Cluster from) {
        Location to = target(rules, redirect);
        if (to == null) {
            count(from, ClusterMetrics.INTERNAL_REDIRECT_FAILED);
            return false;
        }
        String host = HostKey.of(to.authority());
        Held held = exchange.door.names.held(host);
        if (held == null) {
            ResponseHead kept = copy(redirect);
            exchange.forwarding().tell(kept.headers());
            exchange.forwarding().leave();
            wait =
                    exchange.door.names.await(
                            host,
                            exchange.loop,
                            drawn -> {
                                wait = null;
                                if (!enter(rules, kept, to, drawn, from)) {
                                    exchange.forwarding().passWithoutBody(kept);
                                }
                            });
            return true;
        }
        return enter(rules, redirect, to, held, from);
    }

    /** The host's own belongs to its connection again as soon as the request has left that. */
    private static ResponseHead copy(ResponseHead head) {
        ResponseHead copy = new ResponseHead(head.status());
        copy.headers().addAll(head.headers());
        return copy;
    }

    private @Nullable Location target(InternalRedirects rules, ResponseHead redirect) {
        String location = redirect.headers().get("location");
        if (location == null || !bodyless(redirect.status())) {
            return null;
        }
        Location to = Location.of(location);
        if (to == null) {
            count(HttpMetrics.REDIRECT_BAD_LOCATION);
        } else if (!rules.takes(exchange.head.scheme(), to.scheme())) {
            count(HttpMetrics.REDIRECT_UNSAFE_SCHEME);
            to = null;
        } else if (followed >= rules.most()) {
            count(HttpMetrics.REDIRECT_TOO_MANY);
            to = null;
        }
        return to;
    }

    /** Whether the request that follows needs no body that is gone. */
    private boolean bodyless(int status) {
        return exchange.requestEnded() && (exchange.finished.bytesReceived == 0 || status == 303);
    }

    /** Takes the route that the redirect leads to; false where there is none that may be met. */
    private boolean enter(
            InternalRedirects rules, ResponseHead redirect, Location to, Held held, Cluster from) {
        HostSnapshot serving = held.snapshot();
        RequestHead head = exchange.head;
        Before before = new Before(head.method(), head.scheme(), head.authority(), head.path());
        remember();
        head.scheme(to.scheme());
        head.authority(to.authority());
        head.path(to.path());
        if (redirect.status() == 303 && !head.method().equals("HEAD")) {
            head.method("GET");
        }
        Route route = serving == null || !to.hasPath() ? null : serving.routes().match(head);
        if (serving == null || route == null || !may(rules, route)) {
            count(route == null ? HttpMetrics.REDIRECT_NO_ROUTE : HttpMetrics.REDIRECT_PREDICATE);
            count(from, ClusterMetrics.INTERNAL_REDIRECT_FAILED);
            before.restore(head);
            return false;
        }
        followed++;
        count(from, ClusterMetrics.INTERNAL_REDIRECT_SUCCEEDED);
        prepare(rules, redirect, before);
        exchange.forwarding().leave();
        again(serving, to, route);
        return true;
    }

    /**
     * As Envoy has it, which looks for a route of the target as it stands, and then reads that as
     * any request's.
     */
    private void again(HostSnapshot serving, Location to, Route found) {
        PathRules.Outcome outcome = Entry.read(exchange);
        RequestHead head = exchange.head;
        boolean same = head.path().equals(to.path()) && head.authority().equals(to.authority());
        exchange.routing().meet(serving, same ? found : serving.routes().match(head));
        if (outcome == PathRules.Outcome.TAKEN) {
            exchange.routing().take();
        } else {
            Entry.refuse(exchange, outcome);
        }
    }

    private void remember() {
        Route last = exchange.routing().chosen();
        if (last != null) {
            met.add(last);
        }
    }

    private boolean may(InternalRedirects rules, Route route) {
        return rules.allows(route.name()) && !(rules.noneTwice() && met.contains(route));
    }

    private void prepare(InternalRedirects rules, ResponseHead redirect, Before before) {
        Headers headers = exchange.head.headers();
        headers.set("x-envoy-original-url", before.url());
        headers.set("x-forwarded-proto", exchange.head.scheme());
        if (redirect.status() == 303) {
            headers.remove("content-length");
            headers.remove("transfer-encoding");
        }
        for (String name : rules.copied()) {
            String value = redirect.headers().joined(name);
            if (value == null) {
                headers.remove(name);
            } else {
                headers.set(name, value);
            }
        }
    }

    /** What the request was before. */
    private record Before(String method, String scheme, String authority, String path) {

        String url() {
            return scheme + "://" + authority + path;
        }

        void restore(RequestHead head) {
            head.method(method);
            head.scheme(scheme);
            head.authority(authority);
            head.path(path);
        }
    }

    private void count(Metric.Counter counter) {
        exchange.door.metrics().count(exchange.loop.index(), counter);
    }

    private void count(Cluster cluster, Metric.Counter counter) {
        cluster.metrics().count(exchange.loop.index(), counter);
    }

    /** The exchange is over. */
    void close() {
        if (wait != null) {
            wait.cancel();
            wait = null;
        }
    }
}
