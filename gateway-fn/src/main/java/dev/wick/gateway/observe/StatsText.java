package dev.wick.gateway.observe;

import java.io.IOException;

/** The lines of Envoy's {@code /stats}: dotted names, with {@code :} as {@code _}. */
final class StatsText {

    private static final double[] QUANTILES = {
        0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999, 1
    };

    private final Appendable out;

    StatsText(Appendable out) {
        this.out = out;
    }

    void set(MetricSet set) throws IOException {
        String scope = set.group().scope + '.' + set.name().replace(':', '_') + '.';
        for (Metric metric : set.group().metrics) {
            if (metric instanceof Metric.Histogram histogram) {
                histogram(scope, histogram, set);
            } else if (metric instanceof Metric.Classes classes) {
                classes(scope, classes, set);
            } else if (metric instanceof Metric.Computed computed) {
                computed(scope, computed, set);
            } else if (metric instanceof Metric.Codes codes) {
                codes(scope, codes, set);
            } else {
                line(scope + metric.name, set.sum(metric.slot));
            }
        }
    }

    private void classes(String scope, Metric.Classes classes, MetricSet set) throws IOException {
        String stem = classes.name.substring(0, classes.name.length() - "xx".length());
        for (int i = 0; i < classes.slots; i++) {
            line(scope + stem + (i + 1) + "xx", set.sum(classes.slot + i));
        }
    }

    private void computed(String scope, Metric.Computed metric, MetricSet set) throws IOException {
        long value = set.computed(metric);
        if (value >= 0) {
            line(scope + metric.name, value);
        }
    }

    private void codes(String scope, Metric.Codes codes, MetricSet set) throws IOException {
        long[] sums = set.sums(codes);
        for (int status = 0; status < sums.length; status++) {
            if (sums[status] > 0) {
                String shown = status == MetricSet.UNKNOWN ? "unknown" : Integer.toString(status);
                line(scope + codes.name + '_' + shown, sums[status]);
            }
        }
    }

    private void line(String name, long value) throws IOException {
        out.append(name).append(": ").append(Long.toString(value)).append('\n');
    }

    private void histogram(String scope, Metric.Histogram histogram, MetricSet set)
            throws IOException {
        long[] counts = new long[Metric.Histogram.BOUNDS.length + 1];
        long total = 0;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = set.sum(histogram.slot + i);
            total += counts[i];
        }
        out.append(scope).append(histogram.name).append(": ");
        if (total == 0) {
            out.append("No recorded values\n");
            return;
        }
        String separator = "";
        for (double quantile : QUANTILES) {
            out.append(separator).append('P').append(shortest(100 * quantile)).append("(nan,");
            out.append(shortest(bound(counts, total, quantile))).append(')');
            separator = " ";
        }
        out.append('\n');
    }

    /** The upper bound of the bucket in which a quantile lies. */
    private static double bound(long[] counts, long total, double quantile) {
        long below = 0;
        for (int i = 0; i < counts.length; i++) {
            below += counts[i];
            if (below > 0 && below >= quantile * total) {
                return Metric.Histogram.BOUNDS[Math.min(i, Metric.Histogram.BOUNDS.length - 1)];
            }
        }
        return Metric.Histogram.BOUNDS[Metric.Histogram.BOUNDS.length - 1];
    }

    private static String shortest(double number) {
        return number == Math.rint(number)
                ? Long.toString((long) number)
                : Double.toString(Math.round(number * 10) / 10.0);
    }
}
