package dev.wick.gateway.observe;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * All metrics of a process, and how they are printed: as Prometheus text with Envoy's names and
 * labels, or as Envoy's {@code /stats} lines. May be used from any thread; printing asks each
 * source for its members and reads their numbers as they are, a family at a time, so that nothing
 * is gathered first.
 */
public final class Metrics {

    private final List<Source> sources = new CopyOnWriteArrayList<>();
    private final List<Value> values = new CopyOnWriteArrayList<>();

    /** Adds the members of a group; they are asked for whenever the metrics are printed. */
    public void register(MetricGroup group, Supplier<? extends Iterable<MetricSet>> members) {
        sources.add(new Source(group, members));
    }

    /**
     * Adds a single number that may go down.
     *
     * @param name dotted, as {@code server.live}
     */
    public void gauge(String name, String help, LongSupplier value) {
        values.add(new Value(name, help, "gauge", value));
    }

    /**
     * Adds a single number that only grows.
     *
     * @param name dotted, as {@code access_log.lines_dropped}
     */
    public void counter(String name, String help, LongSupplier value) {
        values.add(new Value(name, help, "counter", value));
    }

    /** Prints all as Prometheus' text format 0.0.4. */
    public void prometheus(Appendable out) throws IOException {
        PrometheusText text = new PrometheusText(out);
        for (Value value : values) {
            text.value(value);
        }
        for (Source source : sources) {
            for (Metric metric : source.group.metrics) {
                text.family(source.group, metric, source.members.get());
            }
        }
    }

    /** Prints all as {@code name: value} lines with Envoy's dotted names. */
    public void lines(Appendable out) throws IOException {
        for (Value value : values) {
            out.append(value.name).append(": ");
            out.append(Long.toString(value.value.getAsLong())).append('\n');
        }
        StatsText text = new StatsText(out);
        for (Source source : sources) {
            for (MetricSet set : source.members.get()) {
                text.set(set);
            }
        }
    }

    private record Source(MetricGroup group, Supplier<? extends Iterable<MetricSet>> members) {}

    record Value(String name, String help, String type, LongSupplier value) {}
}
