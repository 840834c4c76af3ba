package dev.wick.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * {@code ./wick bench proxy}: what a proxied request costs once all is warm. CPU of the proxy alone per request, throughput, and
 * latency at a rate that all can serve, for a GET with a 1 KiB answer and a POST of 4 KiB.
 */
final class Proxy {

    private static final List<String> COSTS =
            List.of("GET us CPU", "GET requests/s", "POST us CPU", "POST requests/s");
    private static final List<String> TIMES = List.of("GET p50 us", "GET p99 us", "POST p50 us", "POST p99 us");

    private record Running(Contestant contestant, Proc proc, int port) {}

    private final Options options;
    private final H2load load;
    private final Task task;
    private final Figures figures = new Figures();

    private Proxy(Options options, Bench bench) throws IOException {
        this.options = options;
        this.load = new H2load(bench.folder());
        this.task = bench.task(options.number("--hosts"));
    }

    public static void main(String[] arguments) throws Exception {
        Options options =
                new Options(
                        arguments,
                        "--rounds", "5",
                        "--seconds", "4",
                        "--warm-up", "15",
                        "--connections", "64",
                        "--rate", "6400",
                        "--hosts", "10",
                        "--only", "");
        Bench.run(bench -> new Proxy(options, bench).run(bench));
    }

    private void run(Bench bench) throws Exception {
        bench.startBackend();
        Wick.Store store = bench.closing(new Wick.Store(bench.home(), bench.folder()));
        List<Contestant> all =
                bench.present(
                        List.of(
                                new Wick("Wick", bench.home(), bench.folder(), store, "--access-log", "off"),
                                new Wick(
                                        "Wick with access log",
                                        bench.home(),
                                        bench.folder(),
                                        store,
                                        "--access-log",
                                        bench.folder().resolve("access.log").toString()),
                                new Envoy(bench.home()),
                                new Nginx(),
                                new HaProxy()),
                        options.list("--only"));
        Map<String, Running> running = new LinkedHashMap<>();
        for (Contestant contestant : all) {
            running.put(contestant.name(), start(bench, contestant));
            figures.row(contestant.name());
        }
        for (int round = 1; round <= options.number("--rounds"); round++) {
            List<Running> order = new ArrayList<>(running.values());
            Collections.shuffle(order, new Random());
            for (Running one : order) {
                System.out.println("round " + round + ", " + one.contestant().name() + ": " + measure(one));
            }
        }
        print();
    }

    private Running start(Bench bench, Contestant contestant) throws IOException {
        contestant.prepare(task);
        int port = Proc.freePort();
        Proc proc =
                bench.closing(Proc.start(contestant.name().replace(' ', '-'), contestant.command(port), contestant.environment(), bench.folder()));
        Probe.firstByte(proc, port, task.host(), System.nanoTime(), 60_000);
        System.out.println("warming up " + contestant.name());
        int half = Math.max(1, options.number("--warm-up") / 2);
        load.flatOut(port, task.host(), false, connections(), half);
        load.flatOut(port, task.host(), true, connections(), half);
        return new Running(contestant, proc, port);
    }

    private int connections() {
        return options.number("--connections");
    }

    private String measure(Running one) throws IOException {
        StringBuilder line = new StringBuilder();
        for (boolean post : new boolean[] {false, true}) {
            String method = post ? "POST" : "GET";
            int seconds = options.number("--seconds");
            long cpu = one.proc().cpuMicros();
            H2load.Result flat = load.flatOut(one.port(), task.host(), post, connections(), seconds);
            double each = (double) (one.proc().cpuMicros() - cpu) / flat.requests();
            double rate = flat.requests() / flat.seconds();
            long[] times = load.atRate(one.port(), task.host(), post, connections(), seconds, options.number("--rate"));
            String name = one.contestant().name();
            figures.add(name, method + " us CPU", each);
            figures.add(name, method + " requests/s", rate);
            figures.add(name, method + " p50 us", percentile(times, 50));
            figures.add(name, method + " p99 us", percentile(times, 99));
            line.append(
                    String.format(
                            Locale.ROOT,
                            "%s %.1f us, %,.0f/s, p50 %.0f us, p99 %.0f us (%d)  ",
                            method,
                            each,
                            rate,
                            percentile(times, 50),
                            percentile(times, 99),
                            times.length));
        }
        return line.toString();
    }

    private static double percentile(long[] sorted, int percent) {
        return sorted.length == 0 ? Double.NaN : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    private void print() {
        System.out.println();
        System.out.println(figures.table("flat out", COSTS));
        System.out.println(figures.table("at " + options.text("--rate") + " requests/s", TIMES));
        for (String base : List.of("HAProxy", "Envoy")) {
            if (!Double.isNaN(figures.median(base, COSTS.getFirst()))) {
                System.out.println(figures.ratios("flat out", base, COSTS));
            }
        }
        System.out.printf(
                "%d connections, one h2load thread, %d hosts, medians of %d rounds of %d s in random order [smallest..largest].%n"
                        + "CPU: user and system time of the proxy alone. All on these cores: h2load, proxy, backend (dev.wick.bench.Backend, a JDK selector loop).%n",
                connections(), task.hosts(), options.number("--rounds"), options.number("--seconds"));
    }
}
