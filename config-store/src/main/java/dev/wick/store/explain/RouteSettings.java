package dev.wick.store.explain;

import dev.wick.model.HeaderMutations;
import dev.wick.model.HttpLimits;
import dev.wick.model.Route;
import dev.wick.model.RouteAction.Forward;
import dev.wick.model.Timeouts;
import dev.wick.model.Timeouts.MaxStreamDuration;
import dev.wick.model.Upgrade;
import dev.wick.model.Upgrades;
import dev.wick.model.VirtualHost;
import dev.wick.model.wire.Setting;
import dev.wick.model.wire.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a route does, with what its virtual host and its listener say where it does not. */
final class RouteSettings {

    /** What routes inherit is told with them. */
    private static final Set<String> OF_ROUTES =
            Set.of(
                    "name",
                    "routes",
                    "requestMirrorPolicies",
                    "retryPolicy",
                    "hedgePolicy",
                    "requestBodyBufferLimit");

    private final VirtualHost host;
    private final String hostName;
    private final Accepting accepting;

    /** By fields, who says what the route does not say itself. */
    private final Map<String, String> origins = new LinkedHashMap<>();

    RouteSettings(VirtualHost host, Accepting accepting) {
        this.host = host;
        this.hostName = host.kind().spelling() + "/" + host.name();
        this.accepting = accepting;
    }

    /** Who a route is, in explanations. */
    static String name(int index) {
        return "route " + index;
    }

    /**
     * What the virtual host says for itself.
     *
     * @param countedBy the virtual cluster that counts the request; null: there are none
     */
    void tellHost(@Nullable String countedBy, Told told) {
        VirtualHost alone =
                new VirtualHost(
                        host.name(),
                        host.listeners(),
                        host.filterChains(),
                        host.domains(),
                        List.of(),
                        HeaderMutations.NONE,
                        HeaderMutations.NONE,
                        host.policies());
        List<Setting> settings = new ArrayList<>(Settings.of(alone));
        if (countedBy != null) {
            settings.removeIf(one -> one.name().startsWith("virtualClusters"));
            settings.add(new Setting("virtualCluster", countedBy, true));
        }
        told.add(hostName, settings, Map.of(), OF_ROUTES);
    }

    /**
     * @param times as compiled; null where nothing is forwarded
     */
    void tell(int index, dev.wick.route.@Nullable Timeouts times, Told told) {
        Route route = host.routes().get(index);
        List<Setting> settings = new ArrayList<>();
        if (times != null && route.action() instanceof Forward forward) {
            Route whole =
                    new Route(
                            route.name(),
                            route.match(),
                            inForce(forward, times),
                            HeaderMutations.NONE,
                            HeaderMutations.NONE);
            settings.addAll(Settings.of(whole));
            if (forward.timeouts().maxStreamDuration() != null) {
                String none = "none, where maxStreamDuration is said";
                settings.replaceAll(
                        one ->
                                one.name().equals("route.timeout")
                                        ? new Setting(one.name(), none, true)
                                        : one);
            }
        } else {
            settings.addAll(Settings.of(route));
        }
        told.add(name(index), settings, origins, Set.of("name"));
    }

    private Forward inForce(Forward own, dev.wick.route.Timeouts times) {
        Forward within = own.within(host.policies());
        if (own.delivery().mirrors().isEmpty()) {
            origins.put("route.requestMirrorPolicies", hostName);
        }
        if (own.retries().retryPolicy() == null) {
            origins.put("route.retryPolicy", hostName);
        }
        if (own.retries().hedgePolicy() == null) {
            origins.put("route.hedgePolicy", hostName);
        }
        if (own.retries().requestBodyBufferLimit() == null) {
            origins.put("route.requestBodyBufferLimit", hostName);
        }
        return new Forward(
                within.choice(),
                within.rewrite(),
                timeouts(own.timeouts(), times),
                within.delivery(),
                within.retries(),
                within.balancing(),
                upgrades(own.upgrades()));
    }

    /** As requests are bound: what is below zero in {@code times} is left to the listener. */
    private Timeouts timeouts(Timeouts own, dev.wick.route.Timeouts times) {
        HttpLimits limits = accepting.http().protocols().limits();
        Duration idle = own.idle();
        if (times.idleMillis() < 0) {
            idle = limits.streamIdleTimeout();
            boolean said = !idle.equals(HttpLimits.DEFAULT.streamIdleTimeout());
            origins.put("route.idleTimeout", said ? accepting.httpFrom() : Told.DEFAULT);
        }
        MaxStreamDuration most = own.maxStreamDuration();
        Duration ofListener = limits.maxStreamDuration();
        if (times.streamMillis() < 0 && !ofListener.isZero()) {
            origins.put(
                    "route.maxStreamDuration" + (most == null ? "" : ".maxStreamDuration"),
                    accepting.httpFrom());
            most =
                    most == null
                            ? new MaxStreamDuration(ofListener, null, null)
                            : new MaxStreamDuration(
                                    ofListener,
                                    most.grpcTimeoutHeaderMax(),
                                    most.grpcTimeoutHeaderOffset());
        }
        return new Timeouts(own.route(), idle, most);
    }

    /** The route's, then those of the listener of other types. */
    private Upgrades upgrades(Upgrades own) {
        List<Upgrade> all = new ArrayList<>(own.upgrades());
        for (Upgrade one : accepting.http().protocols().upgrades().upgrades()) {
            if (own.upgrades().stream().noneMatch(of -> of.type().equalsIgnoreCase(one.type()))) {
                origins.put("route.upgrades[" + all.size() + "]", accepting.httpFrom());
                all.add(one);
            }
        }
        return new Upgrades(all);
    }
}
