package dev.wick.gateway.admin;

import dev.wick.gateway.edge.AdminRequest;
import dev.wick.gateway.edge.AdminResponse;
import dev.wick.gateway.observe.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * All statistics, as Envoy's {@code /stats} takes its queries: {@code format=prometheus}, {@code
 * usedonly} (nothing that is still 0), {@code filter=} an expression that names match somewhere.
 */
final class StatsPage {

    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String TEXT = "text/plain; charset=UTF-8";

    private final Metrics metrics;

    StatsPage(Metrics metrics) {
        this.metrics = metrics;
    }

    AdminResponse answer(AdminRequest request, boolean prometheus) {
        String filter = Query.value(request.query(), "filter");
        Pattern pattern;
        try {
            pattern = filter == null ? null : Pattern.compile(filter);
        } catch (PatternSyntaxException e) {
            return AdminResponse.text(400, "filter: " + filter + " (expected: an expression)\n");
        }
        boolean usedOnly = Query.has(request.query(), "usedonly");
        String format = Query.format(request.query(), "text", "prometheus");
        boolean isPrometheus = prometheus || format.equals("prometheus");
        PageText text = new PageText(line -> wanted(line, usedOnly, pattern, isPrometheus));
        print(text, isPrometheus);
        return new AdminResponse(200, isPrometheus ? PROMETHEUS : TEXT, text.octets(), Map.of());
    }

    private void print(PageText text, boolean prometheus) {
        try {
            if (prometheus) {
                metrics.prometheus(text);
            } else {
                metrics.lines(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean wanted(
            CharSequence line, boolean usedOnly, @Nullable Pattern pattern, boolean prometheus) {
        int end = line.length();
        boolean isZero = end > 2 && line.charAt(end - 1) == '0' && line.charAt(end - 2) == ' ';
        if (usedOnly && isZero) {
            return false;
        }
        return pattern == null || pattern.matcher(name(line, prometheus)).find();
    }

    /** What stands before the value; of a comment what it is about. */
    private static CharSequence name(CharSequence line, boolean prometheus) {
        int start = 0;
        if (prometheus && line.length() > 7 && line.charAt(0) == '#') {
            start = 7;
        }
        int end = start;
        while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '{') {
            end++;
        }
        return line.subSequence(start, end);
    }
}
