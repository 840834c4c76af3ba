package dev.wick.route.compile;

import dev.wick.model.HeaderMutations;
import dev.wick.model.HeaderMutations.HeaderValue;
import dev.wick.route.HeaderChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Header mutations -> changes. */
final class ChangeCompiler {

    private final Report report;

    ChangeCompiler(Report report) {
        this.report = report;
    }

    /**
     * @param outer of the virtual host, made last: by default the less specific has the last word,
     *     as in Envoy
     */
    HeaderChanges[] compile(HeaderMutations own, String field, HeaderChanges outer) {
        HeaderChanges inner = compile(own, field);
        if (outer == HeaderChanges.NONE) {
            return inner == HeaderChanges.NONE ? new HeaderChanges[0] : new HeaderChanges[] {inner};
        }
        return inner == HeaderChanges.NONE
                ? new HeaderChanges[] {outer}
                : new HeaderChanges[] {inner, outer};
    }

    HeaderChanges compile(HeaderMutations mutations, String field) {
        if (mutations.add().isEmpty()
                && mutations.set().isEmpty()
                && mutations.remove().isEmpty()) {
            return HeaderChanges.NONE;
        }
        String[] remove = new String[mutations.remove().size()];
        for (int i = 0; i < remove.length; i++) {
            remove[i] = name(mutations.remove().get(i), field + ".remove[" + i + "]");
        }
        return new HeaderChanges(
                remove,
                pairs(mutations.set(), field + ".set"),
                pairs(mutations.add(), field + ".add"));
    }

    private String[] pairs(List<HeaderValue> values, String field) {
        List<String> pairs = new ArrayList<>(2 * values.size());
        for (int i = 0; i < values.size(); i++) {
            HeaderValue header = values.get(i);
            String name = name(header.name(), field + "[" + i + "].name");
            String value = unescape(header.value(), field + "[" + i + "].value");
            // Envoy adds and sets no empty values unless it is told to keep them.
            if (!value.isEmpty()) {
                pairs.add(name);
                pairs.add(Octets.of(value));
            }
        }
        return pairs.toArray(new String[0]);
    }

    private String name(String name, String field) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith(":") || lower.equals("host")) {
            report.text(field, name, "neither host nor a name that starts with :");
        }
        return lower;
    }

    private String unescape(String value, String field) {
        if (value.indexOf('%') < 0) {
            return value;
        }
        if (value.replace("%%", "").indexOf('%') >= 0) {
            report.text(field, value, "% written as %%");
        }
        return value.replace("%%", "%");
    }
}
