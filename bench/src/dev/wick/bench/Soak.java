package dev.wick.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@code ./wick bench soak}: one instance at half of what it can do, for long, with its configuration changing every second. No
 * request may fail, no buffer may be lost, and what is alive after a collection may not grow.
 */
final class Soak {

    /** Of what was alive at first: what compilers and tables still settle. */
    private static final double GROWTH = 1.05;

    private static final long GROWTH_KIB = 2_048;

    private final Options options;
    private final Task task;
    private final H2load load;
    private final Wick.Store store;
    private final Proc instance;
    private final int port;
    private long failed;

    private Soak(Options options, Bench bench) throws IOException {
        this.options = options;
        bench.startBackend();
        load = new H2load(bench.folder());
        store = bench.closing(new Wick.Store(bench.home(), bench.folder()));
        task = new Task(10, bench.backendPort(), bench.folder(), Scene.PRODUCTION, 0);
        String log = bench.folder().resolve("access.log").toString();
        Wick wick = new Wick("Wick", bench.home(), bench.folder(), store, "--access-log", log);
        wick.prepare(task);
        port = Proc.freePort();
        java.util.Map<String, String> environment = new java.util.HashMap<>(wick.environment());
        environment.put("JAVA_TOOL_OPTIONS", "-Dio.netty.leakDetection.level=simple");
        instance = bench.closing(Proc.start("instance", wick.command(port), environment, bench.folder()));
        Probe.firstByte(instance, port, task.host(), System.nanoTime(), 60_000);
    }

    public static void main(String[] arguments) throws Exception {
        Bench.run(
                bench -> {
                    Options options =
                            new Options(arguments, "--seconds", "600", "--slice", "30", "--connections", "48", "--rate", "0");
                    new Soak(options, bench).run(bench);
                });
    }

    private void run(Bench bench) throws Exception {
        int connections = options.number("--connections");
        load.flatOut(port, task, Work.GET, connections, 10);
        H2load.Result flat = load.flatOut(port, task, Work.POST, connections, 5);
        int rate = options.number("--rate");
        rate = rate > 0 ? rate : (int) (flat.requests() / flat.seconds() / 2);
        System.out.printf(Locale.ROOT, "%,d requests/s in all: GET and POST over HTTP/1.1, GET over HTTP/2%n", rate);
        List<Live> samples = new ArrayList<>();
        long requests = 0;
        int slices = Math.max(2, options.number("--seconds") / options.number("--slice"));
        try (Changes changes = new Changes(store, task)) {
            for (int slice = 1; slice <= slices; slice++) {
                requests += slice(rate / 3, connections / 3);
                Live live = Live.of(instance);
                samples.add(live);
                System.out.printf(
                        Locale.ROOT, "%4d s: %,d requests, %d failed, %d changes; %s%n",
                        slice * options.number("--slice"), requests, failed, changes.made(), live);
            }
            verdict(requests, changes.made(), samples);
        }
    }

    /** All three kinds at once, each at {@code rate}; how many requests. */
    private long slice(int rate, int connections) throws Exception {
        int seconds = options.number("--slice");
        long requests = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<H2load.Count>> counts = new ArrayList<>();
            for (Work work : List.of(Work.GET, Work.POST, Work.H2_GET)) {
                counts.add(threads.submit(() -> load.counted(port, task, work, connections, seconds, rate)));
            }
            for (Future<H2load.Count> count : counts) {
                requests += count.get().succeeded();
                failed += count.get().failed();
            }
        }
        return requests;
    }

    private void verdict(long requests, int changes, List<Live> samples) {
        long leaks = instance.output().lines().filter(line -> line.contains("LEAK")).count();
        // The first slice warms up.
        Live first = samples.get(Math.min(1, samples.size() - 1));
        Live last = samples.getLast();
        boolean flat = last.heapKib() <= Math.max(first.heapKib() * GROWTH, first.heapKib() + GROWTH_KIB);
        System.out.printf(
                Locale.ROOT,
                "%n| seconds | requests | failed | changes | Netty leak reports | heap after GC MB, first..last | RSS MB | files | threads |%n"
                        + "|---|---|---|---|---|---|---|---|---|%n"
                        + "| %,d | %,d | %d | %d | %d | %.1f..%.1f | %d..%d | %d..%d | %d..%d |%n",
                options.number("--seconds"), requests, failed, changes, leaks,
                first.heapKib() / 1024.0, last.heapKib() / 1024.0,
                first.rssKib() / 1024, last.rssKib() / 1024, first.files(), last.files(), first.threads(), last.threads());
        if (failed > 0 || leaks > 0 || !flat || !instance.alive()) {
            throw new Refusal("it did not hold:\n" + instance.output());
        }
    }
}
