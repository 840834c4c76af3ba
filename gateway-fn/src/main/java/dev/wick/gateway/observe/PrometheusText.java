package dev.wick.gateway.observe;

import java.io.IOException;

/** Prometheus' text format 0.0.4. */
final class PrometheusText {

    private static final String CLASS_LABEL = "envoy_response_code_class";
    private static final String CODE_LABEL = "envoy_response_code";

    private final Appendable out;

    PrometheusText(Appendable out) {
        this.out = out;
    }

    void value(Metrics.Value value) throws IOException {
        String name = "envoy_" + value.name().replace('.', '_');
        head(name, value.help(), value.type());
        out.append(name).append("{} ");
        out.append(Long.toString(value.value().getAsLong())).append('\n');
    }

    void family(MetricGroup group, Metric metric, Iterable<MetricSet> members) throws IOException {
        String inner = group.inner.isEmpty() ? "" : group.inner + '_';
        String name = "envoy_" + group.scope + '_' + inner + metric.name.replace('.', '_');
        boolean headed = false;
        for (MetricSet member : members) {
            long computed = metric instanceof Metric.Computed one ? member.computed(one) : 0;
            if (computed < 0) {
                continue;
            }
            if (!headed) {
                head(name, metric.help, type(metric));
                headed = true;
            }
            String label = label(group, member.name());
            if (metric instanceof Metric.Histogram histogram) {
                histogram(name, label, histogram, member);
            } else if (metric instanceof Metric.Classes classes) {
                classes(name, label, classes, member);
            } else if (metric instanceof Metric.Computed) {
                sample(name, label, computed);
            } else if (metric instanceof Metric.Codes codes) {
                codes(name, label, codes, member);
            } else {
                sample(name, label, member.sum(metric.slot));
            }
        }
        if (metric instanceof Metric.Codes codes) {
            unknown(name + "_unknown", group, codes, members);
        }
    }

    /** Those of no class are a family of their own, as in Envoy. */
    private void unknown(
            String name, MetricGroup group, Metric.Codes codes, Iterable<MetricSet> members)
            throws IOException {
        boolean headed = false;
        for (MetricSet member : members) {
            long count = member.sums(codes)[MetricSet.UNKNOWN];
            if (count > 0) {
                if (!headed) {
                    head(name, codes.help, type(codes));
                    headed = true;
                }
                sample(name, label(group, member.name()), count);
            }
        }
    }

    private static String label(MetricGroup group, String member) {
        int at = group.inner.isEmpty() ? -1 : member.lastIndexOf('.' + group.inner + '.');
        if (at < 0) {
            return group.label + "=\"" + escaped(member) + '"';
        }
        String within = member.substring(at + group.inner.length() + 2);
        return group.label
                + "=\""
                + escaped(member.substring(0, at))
                + "\","
                + group.innerLabel
                + "=\""
                + escaped(within)
                + '"';
    }

    private void head(String name, String help, String type) throws IOException {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void classes(String name, String label, Metric.Classes classes, MetricSet member)
            throws IOException {
        for (int i = 0; i < classes.slots; i++) {
            String both = CLASS_LABEL + "=\"" + (i + 1) + "\"," + label;
            sample(name, both, member.sum(classes.slot + i));
        }
    }

    private void codes(String name, String label, Metric.Codes codes, MetricSet member)
            throws IOException {
        long[] sums = member.sums(codes);
        for (int status = MetricSet.UNKNOWN + 1; status < sums.length; status++) {
            if (sums[status] > 0) {
                sample(name, CODE_LABEL + "=\"" + status + "\"," + label, sums[status]);
            }
        }
    }

    private void histogram(String name, String label, Metric.Histogram histogram, MetricSet member)
            throws IOException {
        long count = 0;
        for (int i = 0; i < Metric.Histogram.BOUNDS.length; i++) {
            count += member.sum(histogram.slot + i);
            String bound = number(Metric.Histogram.BOUNDS[i]);
            sample(name + "_bucket", label + ",le=\"" + bound + '"', count);
        }
        count += member.sum(histogram.slot + Metric.Histogram.BOUNDS.length);
        sample(name + "_bucket", label + ",le=\"+Inf\"", count);
        sample(name + "_sum", label, member.sum(histogram.sumSlot()));
        sample(name + "_count", label, count);
    }

    private void sample(String name, String labels, long value) throws IOException {
        out.append(name).append('{').append(labels).append("} ");
        out.append(Long.toString(value)).append('\n');
    }

    private static String number(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }

    private static String type(Metric metric) {
        if (metric instanceof Metric.Gauge || metric instanceof Metric.Computed) {
            return "gauge";
        }
        return metric instanceof Metric.Histogram ? "histogram" : "counter";
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
