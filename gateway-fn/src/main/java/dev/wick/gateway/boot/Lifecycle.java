package dev.wick.gateway.boot;

import dev.wick.gateway.admin.Admin;
import dev.wick.gateway.admin.Server;
import dev.wick.gateway.edge.AdminListener;
import dev.wick.gateway.edge.ListenerState;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What Quarkus begins and ends: the admin port beside the gateway that serves already. */
@Singleton
final class Lifecycle {

    private @Nullable AdminListener listener;

    void begin(@Observes StartupEvent event) {
        Gateway gateway = Main.started();
        if (!gateway.ending().leaveToQuarkus()) {
            return;
        }
        Admin admin = admin(gateway);
        AdminListener opening = new AdminListener(gateway.loops(), admin::answer);
        listener = opening;
        try {
            InetSocketAddress bound =
                    opening.open(gateway.settings().admin()).toCompletableFuture().join();
            System.err.println(ready(gateway, text(bound)));
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            Main.log(
                    "the admin port can't be opened: "
                            + text(gateway.settings().admin())
                            + ": "
                            + (cause == null ? e.getMessage() : cause.getMessage()));
            Quarkus.asyncExit(Main.FAILED);
        }
    }

    void end(@Observes ShutdownEvent event) {
        AdminListener open = listener;
        if (open != null) {
            Main.started().stop();
            open.close();
        }
    }

    private static Admin admin(Gateway gateway) {
        Settings settings = gateway.settings();
        return new Admin(
                gateway.draw(),
                gateway.listeners(),
                gateway.clusters(),
                gateway.metrics(),
                new Server(
                        Version.TEXT,
                        settings.gateway(),
                        settings.instance(),
                        shown(settings),
                        gateway.startedNanos()),
                settings.drainTime().toMillis(),
                Quarkus::asyncExit);
    }

    static Map<String, String> shown(Settings settings) {
        Map<String, String> shown = new HashMap<>();
        shown.put("gateway", settings.gateway());
        shown.put("store", settings.store());
        shown.put("admin", text(settings.admin()));
        settings.ports().forEach((name, address) -> shown.put("listen " + name, text(address)));
        settings.inherited()
                .forEach((name, descriptor) -> shown.put("listen " + name, "fd@" + descriptor));
        shown.put("cache", String.valueOf(settings.cache()));
        shown.put("fetch-timeout", settings.fetchTimeout().toMillis() + "ms");
        shown.put("drain-time", settings.drainTime().toMillis() + "ms");
        long connections = settings.maxConnections();
        shown.put(
                "max-connections",
                connections == Long.MAX_VALUE ? "any number" : Long.toString(connections));
        shown.put("overload", settings.overload().text());
        shown.put("instance", settings.instance());
        shown.put("access-log", settings.accessLog());
        return shown;
    }

    private static String ready(Gateway gateway, String admin) {
        StringBuilder line = new StringBuilder("ready: gateway ");
        line.append(gateway.settings().gateway());
        for (ListenerState state : gateway.listeners().states()) {
            line.append(", ").append(state.name()).append(" on ").append(state.address());
        }
        return line.append(", admin on ").append(admin).toString();
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }
}
