package dev.wick.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * {@code ./wick bench start}: from the start of the process to the first proxied byte, and the memory after it, against the number
 * of virtual hosts, each with a cluster of its own.
 */
final class Start {

    private static final List<String> MEASURES = List.of("first byte ms", "CPU ms", "RSS MB", "anonymous MB");

    /** Envoy takes 0.4 ms a host, and a machine may be slower than ours. */
    private static final long PATIENCE_MILLIS = 600_000;

    private Start() {}

    public static void main(String[] arguments) throws Exception {
        Bench.run(bench -> run(bench, arguments));
    }

    private static void run(Bench bench, String[] arguments) throws Exception {
        Options options = new Options(arguments, "--rounds", "5", "--hosts", "10,10000,100000", "--only", "");
        bench.startBackend();
        Wick.Store store = bench.closing(new Wick.Store(bench.home(), bench.folder()));
        List<Contestant> all =
                bench.present(
                        List.of(
                                new Wick("Wick", bench.home(), bench.folder(), store, "--access-log", "off"),
                                new Envoy(bench.home()),
                                new Nginx(),
                                new HaProxy()),
                        options.list("--only"));
        Figures figures = new Figures();
        for (String size : options.list("--hosts")) {
            measure(bench.task(Integer.parseInt(size)), all, options.number("--rounds"), figures);
        }
        System.out.println();
        System.out.println(figures.table("start with hosts, each its cluster", MEASURES));
        for (String size : options.list("--hosts")) {
            if (all.stream().anyMatch(contestant -> contestant.name().equals("Wick"))) {
                System.out.println(figures.ratios(hosts(size), label("Wick", size), MEASURES).replaceAll("(?m)^\\| (?!.*(ratio|" + hosts(size) + " )).*\n", ""));
            }
        }
        System.out.println(
                "first byte: from fork to the first byte of a proxied 200, asked for every millisecond; CPU and memory at that moment."
                        + "\nWick: the java process as ./wick gateway starts it, which draws the host from a running store; no disk copy; access log off."
                        + "\nBackend: dev.wick.bench.Backend, a JDK selector loop in a process of its own.");
    }

    private static void measure(Task task, List<Contestant> all, int rounds, Figures figures) throws Exception {
        for (Contestant contestant : all) {
            figures.row(label(contestant.name(), Integer.toString(task.hosts())));
            System.out.println("preparing " + contestant.name() + " with " + task.hosts() + " hosts");
            contestant.prepare(task);
            // The page cache is warm for all, and the command line of what really runs is known.
            once(contestant, task, new Figures(), true);
        }
        Random random = new Random();
        for (int round = 1; round <= rounds; round++) {
            List<Contestant> order = new ArrayList<>(all);
            Collections.shuffle(order, random);
            for (Contestant contestant : order) {
                System.out.println(
                        "round " + round + "/" + rounds + ", " + task.hosts() + " hosts, " + once(contestant, task, figures, false));
            }
        }
    }

    /** Starts it once; a line about how that went. */
    private static String once(Contestant contestant, Task task, Figures figures, boolean first) throws IOException {
        int port = Proc.freePort();
        List<String> command = Launched.direct(contestant, port, first);
        Map<String, String> environment = contestant.environment();
        Bench.pause(200);
        long start = System.nanoTime();
        try (Proc proc = Proc.start("contestant", command, environment, task.folder())) {
            double millis = Probe.firstByte(proc, port, task.host(), start, PATIENCE_MILLIS) / 1e6;
            String label = label(contestant.name(), Integer.toString(task.hosts()));
            double cpu = proc.cpuMicros() / 1e3;
            double rss = proc.memoryKib("VmRSS") / 1024.0;
            figures.add(label, MEASURES.get(0), millis);
            figures.add(label, MEASURES.get(1), cpu);
            figures.add(label, MEASURES.get(2), rss);
            figures.add(label, MEASURES.get(3), proc.memoryKib("RssAnon") / 1024.0);
            if (first) {
                Launched.seen(contestant, proc);
            }
            return String.format(Locale.ROOT, "%s: %.0f ms, %.0f ms of CPU, %.0f MB", contestant.name(), millis, cpu, rss);
        }
    }

    private static String hosts(String size) {
        return String.format(Locale.ROOT, "%,d", Integer.parseInt(size));
    }

    private static String label(String contestant, String size) {
        return contestant + ", " + hosts(size);
    }
}
