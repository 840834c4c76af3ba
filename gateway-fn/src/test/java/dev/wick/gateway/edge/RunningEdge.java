package dev.wick.gateway.edge;

import dev.wick.gateway.client.Loops;
import dev.wick.gateway.compile.Compiler;
import dev.wick.gateway.compile.ListenerCompiler;
import dev.wick.gateway.live.Drawing;
import dev.wick.gateway.live.Held;
import dev.wick.gateway.live.Live;
import dev.wick.gateway.live.LiveLimits;
import dev.wick.gateway.live.Names;
import dev.wick.gateway.observe.AccessLog;
import dev.wick.gateway.observe.Metrics;
import dev.wick.gateway.overload.Monitor;
import dev.wick.gateway.overload.Overload;
import dev.wick.gateway.overload.OverloadSettings;
import dev.wick.gateway.snapshot.AcceptanceSettings;
import dev.wick.gateway.snapshot.ChainSettings;
import dev.wick.gateway.snapshot.HostSnapshot;
import dev.wick.gateway.snapshot.HttpSettings;
import dev.wick.gateway.upstream.Cluster;
import dev.wick.gateway.upstream.Clusters;
import dev.wick.model.Document;
import dev.wick.model.DomainName;
import dev.wick.model.Listener;
import dev.wick.model.VirtualHost;
import dev.wick.model.wire.Documents;
import dev.wick.model.wire.Parsed;
import dev.wick.route.RouteTable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The proxy path from its ports to its hosts, with documents in the place of a store. */
final class RunningEdge implements AutoCloseable {

    /** A loop looks at the network after so many tasks that took their time. */
    private static final int TASKS_AT_ONCE = 64;

    final Loops loops = Loops.start(2);
    final Clusters clusters = new Clusters(loops);
    final Metrics metrics = new Metrics();
    final Listeners listeners;

    /** Hosts in here are drawn when their future is done. */
    final Map<String, CompletableFuture<Void>> slow = new ConcurrentHashMap<>();

    /** Hosts in here can't be known. */
    final Set<String> unavailable = ConcurrentHashMap.newKeySet();

    private final Map<String, HostSnapshot> hosts = new HashMap<>();
    private final Path logFile;
    private final AccessLog log;
    private final int port;
    private ChainSettings chains = ChainSettings.single("", HttpSettings.DEFAULT);
    private AcceptanceSettings acceptance = AcceptanceSettings.DEFAULT;

    private RunningEdge(String yaml, boolean known) throws Exception {
        this(yaml, known, null);
    }

    private RunningEdge(String yaml, boolean known, @Nullable Monitor memory) throws Exception {
        logFile = Files.createTempFile("access", ".log");
        log = AccessLog.to(logFile, loops.size());
        Drawing drawing = this::draw;
        Live live = new Live(drawing, LiveLimits.DEFAULTS);
        Overload overload =
                memory == null
                        ? null
                        : new Overload(
                                OverloadSettings.DEFAULT,
                                List.of(memory),
                                loops.loop(0),
                                loops.size());
        listeners = new Listeners(loops, live, metrics, log, overload);
        compile(Documents.parse("test", yaml));
        ListenerState state =
                listeners
                        .open("http", new InetSocketAddress("127.0.0.1", 0))
                        .toCompletableFuture()
                        .get();
        port = Integer.parseInt(state.address().substring(state.address().lastIndexOf(':') + 1));
        if (known) {
            know();
        }
    }

    static RunningEdge with(String yaml) throws Exception {
        return new RunningEdge(yaml, true);
    }

    /** The listener set is not known yet. */
    static RunningEdge waiting(String yaml) throws Exception {
        return new RunningEdge(yaml, false);
    }

    /** One host, {@code x.test}, whose requests all go to one address. */
    static RunningEdge to(int upstreamPort) throws Exception {
        return to(upstreamPort, "{}", "");
    }

    /** The same, on a listener with options. */
    static RunningEdge to(int upstreamPort, String httpOptions) throws Exception {
        return to(upstreamPort, httpOptions, "");
    }

    /** The same, with more fields of the cluster. */
    static RunningEdge to(int upstreamPort, String httpOptions, String clusterFields)
            throws Exception {
        return with(documents(upstreamPort, httpOptions) + clusterFields);
    }

    /** The same, where memory is as full as somebody says. */
    static RunningEdge to(int upstreamPort, Monitor memory) throws Exception {
        return new RunningEdge(documents(upstreamPort, "{}"), true, memory);
    }

    private static String documents(int upstreamPort, String httpOptions) {
        return """
        kind: Listener
        name: http
        port: 8080
        http: %s
        ---
        kind: VirtualHost
        name: x
        domains: [x.test]
        routes:
          - match: {path: {prefix: /}}
            route: {cluster: up}
        ---
        kind: Cluster
        name: up
        endpoints: [{address: 127.0.0.1, port: %d}]
        """
                .formatted(httpOptions, upstreamPort);
    }

    void know() {
        listeners.apply(
                List.of(new ListenerSettings("http", "127.0.0.1", 8080, chains, acceptance)));
    }

    /**
     * Lets the loops do nothing until the future is done. What they are asked to do until then
     * comes after what the network has for them.
     */
    CompletableFuture<Void> loopsWait() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        for (int i = 0; i < loops.size(); i++) {
            loops.loop(i).execute(end::join);
            for (int task = 0; task < TASKS_AT_ONCE; task++) {
                loops.loop(i).execute(() -> {});
            }
        }
        return end;
    }

    /** The listener is another now. */
    void change(String yaml) {
        take((Listener) Documents.parse("test", yaml).entries().getFirst().document());
        know();
    }

    private void take(Listener listener) {
        chains = ListenerCompiler.chains(listener);
        acceptance = ListenerCompiler.acceptance(listener);
    }

    int port() {
        return port;
    }

    private void compile(Parsed parsed) {
        if (!parsed.problems().isEmpty()) {
            throw new IllegalArgumentException(parsed.problems().toString());
        }
        for (Parsed.Entry entry : parsed.entries()) {
            Document document = entry.document();
            if (document instanceof dev.wick.model.Cluster) {
                clusters.offer(Compiler.cluster(document).value());
            } else if (document instanceof Listener listener) {
                take(listener);
            }
        }
        for (Parsed.Entry entry : parsed.entries()) {
            if (entry.document() instanceof VirtualHost host) {
                RouteTable routes = Compiler.routes(host).value();
                Cluster[] slots = new Cluster[routes.clusters().length];
                for (int i = 0; i < slots.length; i++) {
                    slots[i] = clusters.find(routes.clusters()[i]);
                }
                for (String domain : host.domains()) {
                    HostSnapshot snapshot = new HostSnapshot(domain, host.name(), 1, routes, slots);
                    if (host.filterChains().isEmpty()) {
                        hosts.put(domain, snapshot);
                    }
                    host.filterChains().forEach(c -> hosts.put(c + "/" + domain, snapshot));
                }
            }
        }
    }

    private void draw(Names names, String host) {
        slow.getOrDefault(host, CompletableFuture.completedFuture(null))
                .thenRun(
                        () -> {
                            String name = DomainName.withoutPort(host);
                            HostSnapshot found =
                                    hosts.getOrDefault(names.chain() + "/" + name, hosts.get(name));
                            if (unavailable.contains(host)) {
                                names.unavailable(host, 7);
                            } else if (found == null) {
                                names.offerUnknown(host);
                            } else {
                                names.offer(host, new Held.Serving(found));
                            }
                        });
    }

    /** The access log, once it has at least so many lines. */
    List<String> log(int lines) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        List<String> read = Files.readAllLines(logFile);
        while (read.size() < lines && System.nanoTime() < end) {
            Thread.sleep(20); // the log is written a moment after the answer
            read = Files.readAllLines(logFile);
        }
        return read;
    }

    /** The value of the one metric line that begins so. */
    long metric(String start) throws IOException {
        StringBuilder text = new StringBuilder();
        metrics.prometheus(text);
        return text.toString()
                .lines()
                .filter(line -> line.startsWith(start))
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no metric " + start));
    }

    @Override
    public void close() throws Exception {
        listeners.drain(0).toCompletableFuture().join();
        loops.close();
        log.close();
        Files.delete(logFile);
    }
}
