package dev.wick.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code ./wick bench load --shared N}: what one change to a cluster costs that N hosts share, beside one that a single host has.
 * Each of the two gateways has an instance, which serves one host. The cluster's endpoint goes from one backend to the other and
 * back; a client asks all the while, and sees when the new one answers.
 */
final class Shared {

    private static final int HOSTS_PER_APPLY = 10_000;

    /** Long enough for what an instance still has to do when it serves the change: to say so. */
    private static final long SETTLE_MILLIS = 50;

    private static final String ANSWERED = "change, until answered ms";
    private static final String SERVED = "change, until served ms";
    private static final String CPU = "the instance's CPU ms";
    private static final List<String> MEASURES = List.of(ANSWERED, SERVED, CPU);

    private final Wick.Store store;
    private final List<HttpServer> backends = List.of(backend(0), backend(1));
    private final List<Side> sides = new ArrayList<>();

    /** A gateway, its instance, and the backend that its cluster has now. */
    private static final class Side {
        private final Task task;
        private final Proc instance;
        private final int port;
        private int backend;

        Side(Bench bench, Wick.Store store, Task task) throws IOException {
            this.task = task;
            String name = "shared-" + task.hosts();
            Wick wick = new Wick(name, bench.home(), bench.folder(), store, "--access-log", "off");
            wick.serve(task);
            port = Proc.freePort();
            instance = bench.closing(Proc.start(name, wick.command(port), wick.environment(), bench.folder()));
            Probe.firstByte(instance, port, task.host(), System.nanoTime(), 60_000);
        }

        String label() {
            return String.format(Locale.ROOT, "shared by %,d", task.hosts());
        }
    }

    private Shared(Bench bench, int hosts) throws IOException {
        if (hosts < 2) {
            throw new Refusal("--shared: " + hosts + " (expected: 2 or more)");
        }
        store = bench.closing(new Wick.Store(bench.home(), bench.folder()));
        bench.closing(() -> backends.forEach(backend -> backend.stop(0)));
        for (Task task : List.of(bench.task(1), bench.task(hosts))) {
            load(task);
            sides.add(new Side(bench, store, task));
        }
    }

    static void run(Bench bench, int hosts, int rounds) throws Exception {
        Shared shared = new Shared(bench, hosts);
        // The first changes of a process are paid for by its compilers.
        shared.rounds(rounds, new Figures());
        Figures figures = new Figures();
        shared.rounds(rounds, figures);
        System.out.println(figures.table("a cluster", MEASURES));
        System.out.println(figures.ratios("a cluster", shared.sides.getFirst().label(), MEASURES));
    }

    /** Says its number, and nothing else. */
    private static HttpServer backend(int number) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext(
                    "/",
                    exchange -> {
                        exchange.sendResponseHeaders(200, 1);
                        exchange.getResponseBody().write('0' + number);
                        exchange.close();
                    });
            server.start();
            return server;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void load(Task task) throws IOException {
        String gateway = Wick.gateway(task);
        long start = System.nanoTime();
        store.apply(gateway, "kind: Listener\nname: http\nport: 8080\n---\n" + cluster(0));
        for (int from = 0; from < task.hosts(); from += HOSTS_PER_APPLY) {
            StringBuilder bundle = new StringBuilder();
            for (int i = from; i < Math.min(task.hosts(), from + HOSTS_PER_APPLY); i++) {
                bundle.append(
                        """
                        kind: VirtualHost
                        name: v%d
                        domains: [%s]
                        routes: [{match: {path: {prefix: /}}, route: {cluster: shared}}]
                        ---
                        """
                                .formatted(i, Task.host(i)));
            }
            store.apply(gateway, bundle.toString());
        }
        System.out.printf(Locale.ROOT, "%,d hosts that share a cluster: loaded in %.1f s%n", task.hosts(), (System.nanoTime() - start) / 1e9);
    }

    private String cluster(int backend) {
        int port = backends.get(backend).getAddress().getPort();
        return "kind: Cluster\nname: shared\nendpoints: [{address: 127.0.0.1, port: %d}]\n".formatted(port);
    }

    private void rounds(int rounds, Figures figures) throws Exception {
        for (int round = 0; round < rounds; round++) {
            for (Side side : sides) {
                change(side, figures);
            }
        }
    }

    private void change(Side side, Figures figures) throws Exception {
        side.backend = 1 - side.backend;
        try (Watching watching = new Watching(side.port, side.task.host(), "" + side.backend)) {
            CpuTime before = CpuTime.of(side.instance);
            long start = System.nanoTime();
            double answered = store.apply(Wick.gateway(side.task), cluster(side.backend));
            double served = (watching.seen() - start) / 1e6;
            Bench.pause(SETTLE_MILLIS);
            figures.add(side.label(), ANSWERED, answered);
            figures.add(side.label(), SERVED, served);
            figures.add(side.label(), CPU, CpuTime.of(side.instance).since(before) / 1e6);
        }
    }
}
