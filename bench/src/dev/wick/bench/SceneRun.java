package dev.wick.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** All contestants in one {@link Scene}: started, warmed up, measured in rounds, ended. */
final class SceneRun implements AutoCloseable {

    private record Running(Contestant contestant, Proc proc, int port) {}

    private final Options options;
    private final Bench bench;
    private final H2load load;
    private final Task task;
    private final Figures figures = new Figures();
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Map<Work, Integer> rates = new EnumMap<>(Work.class);

    SceneRun(Options options, Bench bench, H2load load, Task task) {
        this.options = options;
        this.bench = bench;
        this.load = load;
        this.task = task;
    }

    /** The tables. */
    String measured(List<Contestant> contestants) throws IOException {
        for (Contestant contestant : contestants) {
            try {
                running.put(contestant.name(), start(contestant));
                figures.row(contestant.name());
            } catch (Refusal refusal) {
                System.out.println("not measured: " + contestant.name() + ": " + refusal.getMessage());
            }
        }
        for (Work work : task.scene().works()) {
            rates.put(work, rate(work));
        }
        for (int round = 1; round <= options.number("--rounds"); round++) {
            List<Running> order = new ArrayList<>(running.values());
            Collections.shuffle(order, new Random());
            for (Running one : order) {
                for (Work work : task.scene().works()) {
                    System.out.println("round " + round + ", " + measure(one, work));
                }
            }
        }
        return tables();
    }

    private Running start(Contestant contestant) throws IOException {
        contestant.prepare(task);
        int port = Proc.freePort();
        String name = contestant.name() + "-" + task.label();
        Proc proc = bench.closing(Proc.start(name, contestant.command(port), contestant.environment(), bench.folder()));
        Probe.listening(proc, port, 60_000);
        System.out.println(task.scene() + ": warming up " + contestant.name());
        int each = Math.max(1, options.number("--warm-up") / task.scene().works().size());
        for (Work work : task.scene().works()) {
            load.flatOut(port, task, work, connections(), each);
        }
        return new Running(contestant, proc, port);
    }

    private int connections() {
        return options.number("--connections");
    }

    /** Half of what the slowest does flat out, in hundreds. */
    private int rate(Work work) throws IOException {
        if (options.number("--rate") > 0) {
            return options.number("--rate");
        }
        double slowest = Double.MAX_VALUE;
        for (Running one : running.values()) {
            H2load.Result result = load.flatOut(one.port(), task, work, connections(), options.number("--seconds"));
            slowest = Math.min(slowest, result.requests() / result.seconds());
        }
        return Math.max(100, (int) (slowest / 2) / 100 * 100);
    }

    private String measure(Running one, Work work) throws IOException {
        int seconds = options.number("--seconds");
        long cpu = one.proc().cpuMicros();
        H2load.Result flat = load.flatOut(one.port(), task, work, connections(), seconds);
        double each = (double) (one.proc().cpuMicros() - cpu) / flat.requests();
        double rate = flat.requests() / flat.seconds();
        long[] times = load.atRate(one.port(), task, work, connections(), seconds, rates.get(work));
        String name = one.contestant().name();
        figures.add(name, work.label() + " us CPU", each);
        figures.add(name, work.label() + " requests/s", rate);
        figures.add(name, work.label() + " p50 us", percentile(times, 50));
        figures.add(name, work.label() + " p99 us", percentile(times, 99));
        return String.format(
                Locale.ROOT,
                "%s: %s %.1f us, %,.0f/s, p50 %.0f us, p99 %.0f us (%d)",
                name,
                work.label(),
                each,
                rate,
                percentile(times, 50),
                percentile(times, 99),
                times.length);
    }

    private static double percentile(long[] sorted, int percent) {
        return sorted.length == 0 ? Double.NaN : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    private String tables() {
        StringBuilder all = new StringBuilder("\n### " + task.scene().title(task.routes()) + "\n\n");
        all.append(figures.table("flat out", measures(" us CPU", " requests/s"))).append('\n');
        for (String base : List.of("Envoy", "HAProxy")) {
            if (running.containsKey(base)) {
                all.append(figures.ratios("CPU, flat out", base, measures(" us CPU"))).append('\n');
            }
        }
        List<String> at = new ArrayList<>();
        rates.forEach((work, rate) -> at.add(String.format(Locale.ROOT, "%s %,d", work.label(), rate)));
        all.append(figures.table("requests/s: " + String.join(", ", at), measures(" p50 us", " p99 us")));
        return all.toString();
    }

    private List<String> measures(String... endings) {
        List<String> measures = new ArrayList<>();
        for (Work work : task.scene().works()) {
            for (String ending : endings) {
                measures.add(work.label() + ending);
            }
        }
        return measures;
    }

    @Override
    public void close() {
        running.values().forEach(one -> one.proc().close());
    }
}
