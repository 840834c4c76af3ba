package dev.wick.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * {@code ./wick bench load}: a store with very many hosts. How long it takes to load them, and what one change, one cold instance
 * and a start after {@code kill -9} cost on top of them, beside the same with ten. With {@code --shared}: see {@link Shared}.
 */
final class Load {

    private static final int HOSTS_PER_APPLY = 10_000;
    private static final String CHANGE = "one change ms";
    private static final String START = "cold instance, first byte ms";

    private Load() {}

    public static void main(String[] arguments) throws Exception {
        Bench.run(
                bench -> {
                    Options options = new Options(arguments, "--hosts", "1000000", "--rounds", "30", "--shared", "0");
                    int shared = options.number("--shared");
                    if (shared != 0) {
                        Shared.run(bench, shared, options.number("--rounds"));
                    } else {
                        run(bench, options);
                    }
                });
    }

    private static void run(Bench bench, Options options) throws Exception {
        bench.startBackend();
        int hosts = options.number("--hosts");
        Figures figures = new Figures();
        Task few = bench.task(10);
        Task many = bench.task(hosts);
        Wick.Store store = bench.closing(new Wick.Store(bench.home(), bench.folder()));
        Wick wick = new Wick("Wick", bench.home(), bench.folder(), store, "--access-log", "off");
        wick.prepare(few);
        double seconds = load(store, many);
        System.out.printf(
                Locale.ROOT,
                "%,d hosts, each with a cluster of its own, in bundles of %,d: %.0f s; the store then takes %,d MB (RSS)%n",
                hosts, HOSTS_PER_APPLY, seconds, store.process().memoryKib("VmRSS") / 1024);
        // The first changes of a process are paid for by its compilers.
        changes(store, few, many, options.number("--rounds"), new Figures());
        changes(store, few, many, options.number("--rounds"), figures);
        starts(wick, few, many, figures);
        System.out.printf(Locale.ROOT, "start of the store after kill -9: %.1f s%n%n", store.killAndRestart() / 1e3);
        changes(store, few, many, options.number("--rounds"), new Figures());
        System.out.println(figures.table("in the gateway", List.of(CHANGE, START)));
        System.out.println(figures.ratios("in the gateway", label(few), List.of(CHANGE, START)));
    }

    private static double load(Wick.Store store, Task task) throws IOException {
        String gateway = Wick.gateway(task);
        long start = System.nanoTime();
        store.apply(gateway, "kind: Listener\nname: http\nport: 8080\n");
        for (int from = 0; from < task.hosts(); from += HOSTS_PER_APPLY) {
            int to = Math.min(task.hosts(), from + HOSTS_PER_APPLY);
            double millis = store.apply(gateway, Wick.hosts(from, to, task.backendPort()));
            if (to % 100_000 == 0 || to == task.hosts()) {
                System.out.printf(Locale.ROOT, "%,d hosts after %.0f s; the last bundle took %.0f ms%n", to, (System.nanoTime() - start) / 1e9, millis);
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** A host gets another cluster port, in one gateway and in the other by turns. */
    private static void changes(Wick.Store store, Task few, Task many, int rounds, Figures figures) throws IOException {
        Random random = new Random();
        for (int round = 0; round < rounds; round++) {
            for (Task task : List.of(few, many)) {
                int host = random.nextInt(task.hosts());
                String change = Wick.hosts(host, host + 1, 1 + random.nextInt(60_000));
                figures.add(label(task), CHANGE, store.apply(Wick.gateway(task), change));
            }
        }
        for (Task task : List.of(few, many)) {
            int host = task.hosts() / 2;
            store.apply(Wick.gateway(task), Wick.hosts(host, host + 1, task.backendPort()));
        }
    }

    private static void starts(Wick wick, Task few, Task many, Figures figures) throws IOException {
        for (int round = 0; round < 5; round++) {
            for (Task task : List.of(few, many)) {
                wick.serve(task);
                int port = Proc.freePort();
                List<String> command = wick.command(port);
                long start = System.nanoTime();
                try (Proc proc = Proc.start("instance", command, wick.environment(), task.folder())) {
                    figures.add(label(task), START, Probe.firstByte(proc, port, task.host(), start, 60_000) / 1e6);
                }
            }
        }
    }

    private static String label(Task task) {
        return String.format(Locale.ROOT, "with %,d hosts", task.hosts());
    }
}
