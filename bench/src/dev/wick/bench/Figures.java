package dev.wick.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measured values by contestant and measure, in rounds; printed as medians and as ratios to one of them. */
final class Figures {

    private final Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();

    /** Gives {@code contestant} its row, in the order of these calls. */
    void row(String contestant) {
        values.computeIfAbsent(contestant, key -> new LinkedHashMap<>());
    }

    void add(String contestant, String measure, double value) {
        values.computeIfAbsent(contestant, key -> new LinkedHashMap<>())
                .computeIfAbsent(measure, key -> new ArrayList<>())
                .add(value);
    }

    /** NaN where there is none. */
    double median(String contestant, String measure) {
        List<Double> all = new ArrayList<>(values.getOrDefault(contestant, Map.of()).getOrDefault(measure, List.of()));
        if (all.isEmpty()) {
            return Double.NaN;
        }
        Collections.sort(all);
        int middle = all.size() / 2;
        return all.size() % 2 == 1 ? all.get(middle) : (all.get(middle - 1) + all.get(middle)) / 2;
    }

    /** A Markdown table: medians, with the smallest and the largest in brackets. */
    String table(String first, List<String> measures) {
        StringBuilder table = new StringBuilder("| " + first + " | " + String.join(" | ", measures) + " |\n|---");
        table.append("|---".repeat(measures.size())).append("|\n");
        for (String contestant : values.keySet()) {
            table.append("| ").append(contestant);
            for (String measure : measures) {
                table.append(" | ").append(cell(contestant, measure));
            }
            table.append(" |\n");
        }
        return table.toString();
    }

    private String cell(String contestant, String measure) {
        List<Double> all = values.get(contestant).getOrDefault(measure, List.of());
        if (all.isEmpty()) {
            return "-";
        }
        return "%s [%s..%s]"
                .formatted(
                        number(median(contestant, measure)),
                        number(Collections.min(all)),
                        number(Collections.max(all)));
    }

    /** A Markdown table of {@code measures} as multiples of {@code base}'s. */
    String ratios(String first, String base, List<String> measures) {
        StringBuilder table =
                new StringBuilder("| " + first + ", ratio to " + base + " | " + String.join(" | ", measures) + " |\n|---");
        table.append("|---".repeat(measures.size())).append("|\n");
        for (String contestant : values.keySet()) {
            table.append("| ").append(contestant);
            for (String measure : measures) {
                double ratio = median(contestant, measure) / median(base, measure);
                table.append(" | ").append(Double.isNaN(ratio) ? "-" : String.format(Locale.ROOT, "%.2f", ratio));
            }
            table.append(" |\n");
        }
        return table.toString();
    }

    private static String number(double value) {
        return value >= 1_000
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
