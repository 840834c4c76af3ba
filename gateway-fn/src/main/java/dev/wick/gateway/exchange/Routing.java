package dev.wick.gateway.exchange;

import dev.wick.gateway.live.Held;
import dev.wick.gateway.live.Names;
import dev.wick.gateway.live.Wait;
import dev.wick.gateway.observe.HttpMetrics;
import dev.wick.gateway.observe.Metric;
import dev.wick.gateway.snapshot.HostSnapshot;
import dev.wick.gateway.snapshot.PolicySettings;
import dev.wick.gateway.upstream.Cluster;
import dev.wick.http.Headers;
import dev.wick.http.ResponseHead;
import dev.wick.route.Decision;
import dev.wick.route.DirectResponse;
import dev.wick.route.Forward;
import dev.wick.route.HostChoice;
import dev.wick.route.Redirect;
import dev.wick.route.Route;
import dev.wick.route.TargetChanges;
import dev.wick.route.Targets;
import dev.wick.route.UpgradeRules;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The door of an exchange: takes the snapshot of its host and the route in it, once, and does what
 * the route says. Where the host is not held it waits, and nothing of the request's body is read
 * meanwhile. Confined to the exchange's loop.
 */
final class Routing implements Decision.Actions, Consumer<Held> {

    private static final byte[] NO_BODY = new byte[0];

    private final Exchange exchange;
    private @Nullable Wait wait;
    private @Nullable HostSnapshot snapshot;
    private @Nullable Route route;
    private @Nullable TargetChanges target;
    private int retryAfterSeconds;

    /** The request's body waits until the request is sent. */
    private boolean holding;

    Routing(Exchange exchange) {
        this.exchange = exchange;
    }

    /** The route that the request met; null where there is none, or none yet. */
    @Nullable Route chosen() {
        return route;
    }

    /** The snapshot that the request met; null where there is none, or none yet. */
    @Nullable HostSnapshot snapshot() {
        return snapshot;
    }

    /** What is said of the host; null: nothing. */
    @Nullable HostChoice hostChoice(Forward forward) {
        TargetChanges own = target;
        HostChoice choice = own == null ? null : own.hostChoice();
        return choice == null ? forward.hostChoice() : choice;
    }

    /** The value of {@code retry-after} where the host cannot be known now. */
    String retryAfter() {
        return Integer.toString(retryAfterSeconds);
    }

    void route() {
        String host = HostKey.of(exchange.head.authority());
        Held held = exchange.door.names.held(host);
        if (held != null) {
            decide(held);
        } else if (!HostKey.isName(host)) {
            noRoute();
        } else {
            hold();
            wait = exchange.door.names.await(host, exchange.loop, this);
        }
    }

    /** Something must be waited for. */
    private void hold() {
        if (!exchange.requestEnded()) {
            holding = true;
            exchange.downstream.pause();
        }
        exchange.place().tellsNothing();
    }

    /** What was waited for is there. */
    @Override
    public void accept(Held held) {
        wait = null;
        decide(held);
    }

    private void decide(Held held) {
        HostSnapshot serving = held.snapshot();
        if (serving == null) {
            if (held.unknown()) {
                noRoute();
            } else {
                retryAfterSeconds = Math.max(1, held.retryAfterSeconds());
                exchange.reply(LocalReply.UNAVAILABLE);
            }
            return;
        }
        snapshot = serving;
        Route met = serving.routes().match(exchange.head);
        route = met;
        if (met == null) {
            noRoute();
        } else if (!exchange.head.upgrade().isEmpty() && !mayUpgrade(met)) {
            refuseUpgrade();
        } else {
            met.decision().take(this);
        }
    }

    private boolean mayUpgrade(@Nullable Route met) {
        UpgradeRules ofRoute =
                met != null && met.decision() instanceof Forward forward
                        ? forward.upgrades()
                        : null;
        String type = exchange.head.upgrade();
        UpgradeRules ofListener = exchange.door.settings().protocols().upgrades();
        boolean may = UpgradeRules.allowed(type, ofRoute, ofListener);
        if (may) {
            exchange.upgrade();
        }
        return may;
    }

    private void refuseUpgrade() {
        count(HttpMetrics.RQ_WS_ON_NON_WS_ROUTE);
        exchange.reply(LocalReply.UPGRADE);
    }

    /** A redirect of a host led here. */
    void meet(HostSnapshot serving, @Nullable Route met) {
        snapshot = serving;
        route = met;
        target = null;
    }

    /** Does what the route says that was met. */
    void take() {
        Route met = route;
        if (met == null) {
            noRoute();
        } else {
            met.decision().take(this);
        }
    }

    private void noRoute() {
        String upgrade = exchange.head.upgrade();
        if (!upgrade.isEmpty() && !exchange.head.connects() && !mayUpgrade(null)) {
            refuseUpgrade();
            return;
        }
        count(HttpMetrics.NO_ROUTE);
        exchange.reply(LocalReply.NO_ROUTE);
    }

    @Override
    public void forward(Forward forward) {
        HostSnapshot serving = snapshot;
        if (serving == null) {
            return;
        }
        Targets targets = forward.targets();
        int place = targets.pick(ThreadLocalRandom.current().nextLong());
        int slot = targets.slot(place);
        target = forward.changes(place);
        if (slot >= 0) {
            send(serving.cluster(slot), forward);
        } else {
            enterNamed(forward, targets.named(place, exchange.head));
        }
    }

    /** A header says which cluster: a second look at what is current, which this records. */
    private void enterNamed(Forward forward, @Nullable String name) {
        if (name == null || !HostKey.isCluster(name)) {
            noCluster(forward);
            return;
        }
        Names clusters = exchange.door.names.clusters();
        Held held = clusters.held(name);
        if (held != null) {
            sendNamed(held, forward);
            return;
        }
        hold();
        wait = clusters.await(name, exchange.loop, found -> acceptNamed(found, forward));
    }

    private void acceptNamed(Held held, Forward forward) {
        wait = null;
        sendNamed(held, forward);
    }

    private void sendNamed(Held held, Forward forward) {
        HostSnapshot named = held.snapshot();
        if (named != null) {
            send(named.cluster(0), forward);
        } else if (held.unknown()) {
            noCluster(forward);
        } else {
            retryAfterSeconds = Math.max(1, held.retryAfterSeconds());
            exchange.reply(LocalReply.UNAVAILABLE);
        }
    }

    /**
     * Only with this is there somebody to take the body. Whoever was answered meanwhile may have
     * made room for the connection's next request, whose body waits for its own turn.
     */
    private void send(Cluster cluster, Forward forward) {
        exchange.forwarding().send(cluster, forward);
        if (holding) {
            holding = false;
            if (!exchange.upgrading()) {
                exchange.downstream.resume();
            }
        }
    }

    private void noCluster(Forward forward) {
        count(HttpMetrics.NO_CLUSTER);
        exchange.reply(LocalReply.noCluster(forward.targets().notFoundStatus()));
    }

    @Override
    public void redirect(Redirect redirect) {
        count(HttpMetrics.RQ_DIRECT_RESPONSE);
        ResponseHead response = new ResponseHead(redirect.status());
        response.headers().add("location", redirect.location(exchange.head));
        answer(response, NO_BODY);
    }

    @Override
    public void respond(DirectResponse direct) {
        count(HttpMetrics.RQ_DIRECT_RESPONSE);
        ResponseHead response = new ResponseHead(direct.status());
        String location = direct.location(exchange.head);
        if (location != null) {
            response.headers().add("location", location);
        }
        answer(response, direct.body());
    }

    private void answer(ResponseHead response, byte[] body) {
        exchange.finished.details = "direct_response";
        exchange.facts().responding(response);
        changeResponse(response.headers());
        exchange.answer(response, body);
    }

    /**
     * Changes a request on its way to a cluster, in Envoy's order.
     *
     * @return whether there is anything that may have changed it
     */
    boolean changeRequest(Headers headers) {
        Route met = route;
        if (met == null) {
            return false;
        }
        TargetChanges own = target;
        if (own != null) {
            own.request().apply(headers, exchange.facts());
        }
        PolicySettings policies = exchange.door.settings().policies();
        if (policies == PolicySettings.NONE) {
            met.changeRequest(headers, exchange.facts());
        } else if (policies.mostSpecificWins()) {
            policies.request().apply(headers, exchange.facts());
            met.changeRequestOutermostFirst(headers, exchange.facts());
        } else {
            met.changeRequest(headers, exchange.facts());
            policies.request().apply(headers, exchange.facts());
        }
        return own != null || policies != PolicySettings.NONE || met.changesRequests();
    }

    /**
     * Changes a response, whoever made it, in Envoy's order; where no route was met, not at all.
     */
    void changeResponse(Headers headers) {
        Route met = route;
        if (met == null) {
            return;
        }
        TargetChanges own = target;
        if (own != null) {
            own.response().apply(headers, exchange.facts());
        }
        PolicySettings policies = exchange.door.settings().policies();
        if (policies == PolicySettings.NONE) {
            met.changeResponse(headers, exchange.facts());
        } else if (policies.mostSpecificWins()) {
            policies.response().apply(headers, exchange.facts());
            met.changeResponseOutermostFirst(headers, exchange.facts());
        } else {
            met.changeResponse(headers, exchange.facts());
            policies.response().apply(headers, exchange.facts());
        }
    }

    private void count(Metric.Counter counter) {
        exchange.door.metrics().count(exchange.loop.index(), counter);
    }

    /** The exchange is over. */
    void close() {
        if (wait != null) {
            wait.cancel();
            wait = null;
        }
        holding = false;
        snapshot = null;
        route = null;
        target = null;
    }
}
