package dev.wick.gateway.admin;

import dev.wick.gateway.draw.Draw;
import dev.wick.gateway.edge.AdminRequest;
import dev.wick.gateway.edge.AdminResponse;
import dev.wick.gateway.edge.ListenerState;
import dev.wick.gateway.edge.Listeners;
import dev.wick.gateway.observe.Metrics;
import dev.wick.gateway.upstream.Clusters;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the admin port answers: Envoy's paths and words, and changes by POST only. Called on the
 * admin thread.
 */
public final class Admin {

    private static final String HTML = "text/html; charset=UTF-8";

    private final Draw draw;
    private final Listeners listeners;
    private final Clusters clusters;
    private final StatsPage stats;
    private final Server server;
    private final Runnable quit;
    private final long drainMillis;
    private final Map<String, Page> pages = new TreeMap<>();
    private volatile boolean failing;
    private volatile boolean draining;

    /**
     * @param drainMillis how long requests may take to end after {@code /drain_listeners}
     * @param quit ends the process, soon
     */
    public Admin(
            Draw draw,
            Listeners listeners,
            Clusters clusters,
            Metrics metrics,
            Server server,
            long drainMillis,
            Runnable quit) {
        this.draw = draw;
        this.listeners = listeners;
        this.clusters = clusters;
        this.stats = new StatsPage(metrics);
        this.server = server;
        this.drainMillis = drainMillis;
        this.quit = quit;
        addPages();
        addValues(metrics);
    }

    private void addPages() {
        page("/", "this page", request -> html());
        page("/clusters", "the clusters that are held, and their hosts", this::clusters);
        page("/config_dump", "what is held of the configuration", request -> dump(request));
        page("/help", "this list", request -> AdminResponse.text(200, list()));
        page("/listeners", "names and addresses of the listeners", request -> listeners(request));
        page("/ready", "LIVE where requests are served, else 503", request -> ready());
        page("/server_info", "version, state and settings of the process", request -> info());
        page(
                "/stats",
                "all statistics; ?format=prometheus, ?usedonly, ?filter=",
                request -> stats.answer(request, false));
        page(
                "/stats/prometheus",
                "all statistics, for Prometheus; ?usedonly, ?filter=",
                request -> stats.answer(request, true));
        change(
                "/drain_listeners",
                "close the ports, let requests end; ?graceful tells clients first, &skip_exit leaves the ports open",
                request -> drain(request));
        change(
                "/healthcheck/fail",
                "let /ready fail, and connections end with their next answer",
                request -> health(true));
        change("/healthcheck/ok", "let /ready say what is", request -> health(false));
        change("/quitquitquit", "end the process", request -> quit());
    }

    private void page(String path, String says, Page.Answer answer) {
        pages.put(path, new Page(path, false, says, answer));
    }

    private void change(String path, String says, Page.Answer answer) {
        pages.put(path, new Page(path, true, says, answer));
    }

    private void addValues(Metrics metrics) {
        metrics.gauge("server.live", "1 where requests are served", () -> isLive() ? 1 : 0);
        metrics.gauge("server.state", "Envoy's number of the state", () -> state().number());
        metrics.gauge(
                "server.uptime", "Seconds since the process began", () -> server.uptimeSeconds());
        metrics.gauge(
                "server.total_connections",
                "Connections of clients that are open",
                listeners::connections);
        metrics.gauge(
                "server.memory_heap_size",
                "Bytes of the Java heap",
                () -> Runtime.getRuntime().totalMemory());
        metrics.gauge(
                "server.memory_allocated",
                "Bytes of the Java heap that are in use",
                () -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        metrics.gauge("wick.hosts_held", "Names with a configuration", () -> draw.live().serving());
        metrics.gauge(
                "wick.hosts_unknown",
                "Names that nobody serves, remembered for a while",
                () -> draw.live().unknown());
        metrics.gauge(
                "wick.requests_waiting",
                "Requests that wait for their configuration",
                () -> draw.live().waiting());
    }

    /** Answers a request. */
    public AdminResponse answer(AdminRequest request) {
        Page page = pages.get(request.path());
        if (page == null) {
            return AdminResponse.text(404, "invalid path. admin commands are:\n" + list());
        }
        if (!page.allows(request.method())) {
            String allowed = page.changes() ? "POST" : "GET, HEAD, POST";
            return new AdminResponse(
                    405,
                    "text/plain; charset=UTF-8",
                    ("Method " + request.method() + " not allowed, " + allowed + " required.\n")
                            .getBytes(StandardCharsets.UTF_8),
                    Map.of("allow", allowed));
        }
        try {
            return page.answer().answer(request);
        } catch (QueryException e) {
            return AdminResponse.text(400, e.getMessage() + "\n");
        }
    }

    private String list() {
        StringBuilder list = new StringBuilder();
        for (Page page : pages.values()) {
            list.append("  ").append(page.path());
            list.append(page.changes() ? " (POST): " : ": ");
            list.append(page.says()).append('\n');
        }
        return list.toString();
    }

    private AdminResponse html() {
        StringBuilder html = new StringBuilder("<!doctype html><title>Wick</title><table>");
        for (Page page : pages.values()) {
            html.append("<tr><td>");
            html.append(
                    page.changes()
                            ? page.path() + " (POST)"
                            : "<a href=\"" + page.path() + "\">" + page.path() + "</a>");
            html.append("<td>").append(page.says());
        }
        byte[] body = html.append("</table>\n").toString().getBytes(StandardCharsets.UTF_8);
        return new AdminResponse(200, HTML, body, Map.of());
    }

    private ServerState state() {
        if (draining || failing) {
            return ServerState.DRAINING;
        }
        return isLive() ? ServerState.LIVE : ServerState.PRE_INITIALIZING;
    }

    private boolean isLive() {
        if (draining || failing || !draw.knowsListeners()) {
            return false;
        }
        for (ListenerState port : listeners.states()) {
            if (port.state() != ListenerState.State.OPEN) {
                return false;
            }
        }
        return true;
    }

    private AdminResponse ready() {
        ServerState state = state();
        return AdminResponse.text(state == ServerState.LIVE ? 200 : 503, state.name() + "\n");
    }

    private AdminResponse health(boolean fail) {
        failing = fail;
        listeners.failing(fail);
        return AdminResponse.text(200, "OK\n");
    }

    private AdminResponse drain(AdminRequest request) {
        boolean graceful = Query.has(request.query(), "graceful");
        boolean stay = Query.has(request.query(), "skip_exit");
        if (stay && !graceful) {
            return AdminResponse.text(400, "skip_exit requires graceful\n");
        }
        draining = true;
        if (graceful) {
            listeners.leave(drainMillis, stay);
        } else {
            listeners.drain(drainMillis);
        }
        return AdminResponse.text(200, "OK\n");
    }

    private AdminResponse quit() {
        quit.run();
        return AdminResponse.text(200, "OK\n");
    }

    private AdminResponse info() {
        return AdminResponse.json(200, Bodies.info(server, state()));
    }

    private AdminResponse listeners(AdminRequest request) {
        if (Query.format(request.query(), "text", "json").equals("json")) {
            return AdminResponse.json(200, Bodies.listeners(listeners.states()));
        }
        StringBuilder text = new StringBuilder();
        for (ListenerState state : listeners.states()) {
            text.append(state.name()).append("::").append(state.address());
            if (state.state() != ListenerState.State.OPEN) {
                text.append(" (").append(state.state().word());
                text.append(state.detail().isEmpty() ? "" : ": " + state.detail()).append(')');
            }
            text.append('\n');
        }
        return AdminResponse.text(200, text.toString());
    }

    private AdminResponse clusters(AdminRequest request) {
        Query.format(request.query(), "text");
        return AdminResponse.text(200, ClusterLines.of(clusters));
    }

    private AdminResponse dump(AdminRequest request) {
        return ConfigDump.answer(draw, request);
    }
}
