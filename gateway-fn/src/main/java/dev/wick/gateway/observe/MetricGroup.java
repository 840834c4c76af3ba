package dev.wick.gateway.observe;

import java.util.ArrayList;
import java.util.List;

/**
 * The statistics that all things of a kind have, as all clusters do. Made once, when its class is
 * loaded; its members' numbers lie in {@link MetricSet}s.
 */
public final class MetricGroup {

    final String scope;
    final String label;
    final String inner;
    final String innerLabel;
    final List<Metric> metrics = new ArrayList<>();
    private int slots;
    private int computed;
    private int tables;

    /**
     * @param scope first part of the names: {@code cluster} gives {@code
     *     envoy_cluster_upstream_rq_total}
     * @param label the label that tells the members apart: {@code envoy_cluster_name}
     */
    MetricGroup(String scope, String label) {
        this(scope, label, "", "");
    }

    /**
     * Of things within things, whose members are named {@code a.INNER.b}.
     *
     * @param inner as {@code vcluster}
     * @param innerLabel the label of what is within
     */
    MetricGroup(String scope, String label, String inner, String innerLabel) {
        this.scope = scope;
        this.label = label;
        this.inner = inner;
        this.innerLabel = innerLabel;
    }

    Metric.Counter counter(String name, String help) {
        return added(new Metric.Counter(name, help, slots));
    }

    Metric.Gauge gauge(String name, String help) {
        return added(new Metric.Gauge(name, help, slots));
    }

    /** One that is kept like others and not printed: a part of another. */
    Metric.Gauge part() {
        Metric.Gauge part = new Metric.Gauge("", "", slots);
        slots += part.slots;
        return part;
    }

    void computed(String name, String help) {
        added(new Metric.Computed(name, help, computed));
        computed++;
    }

    Metric.Classes classes(String name, String help) {
        return added(new Metric.Classes(name, help, slots));
    }

    Metric.Codes codes(String name, String help) {
        return added(new Metric.Codes(name, help, slots, tables++));
    }

    Metric.Histogram histogram(String name, String help) {
        return added(new Metric.Histogram(name, help, slots));
    }

    int slots() {
        return slots;
    }

    /** How many of them count by status. */
    int tables() {
        return tables;
    }

    private <M extends Metric> M added(M metric) {
        metrics.add(metric);
        slots += metric.slots;
        return metric;
    }
}
