package dev.wick.route.compile;

import dev.wick.format.Format;
import dev.wick.model.HeaderMutations;
import dev.wick.model.HeaderMutations.AppendAction;
import dev.wick.model.HeaderMutations.HeaderValue;
import dev.wick.route.HeaderChange;
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
        if (mutations.isEmpty()) {
            return HeaderChanges.NONE;
        }
        String[] remove = new String[mutations.remove().size()];
        for (int i = 0; i < remove.length; i++) {
            remove[i] = name(mutations.remove().get(i), field + ".remove[" + i + "]");
        }
        return literal(mutations.set(), AppendAction.OVERWRITE_IF_EXISTS_OR_ADD)
                        && literal(mutations.add(), AppendAction.APPEND_IF_EXISTS_OR_ADD)
                ? new HeaderChanges(
                        remove,
                        pairs(mutations.set(), field + ".set"),
                        pairs(mutations.add(), field + ".add"))
                : new HeaderChanges(remove, formatted(mutations, field));
    }

    private static boolean literal(List<HeaderValue> values, AppendAction usual) {
        for (HeaderValue value : values) {
            if (value.appendAction() != usual
                    || value.keepEmptyValue()
                    || value.value().replace("%%", "").indexOf('%') >= 0) {
                return false;
            }
        }
        return true;
    }

    private String[] pairs(List<HeaderValue> values, String field) {
        List<String> pairs = new ArrayList<>(2 * values.size());
        for (int i = 0; i < values.size(); i++) {
            HeaderValue header = values.get(i);
            String name = name(header.name(), field + "[" + i + "].name");
            // Envoy adds and sets no empty values unless it is told to keep them.
            if (!header.value().isEmpty()) {
                pairs.add(name);
                pairs.add(Octets.of(header.value().replace("%%", "%")));
            }
        }
        return pairs.toArray(new String[0]);
    }

    private HeaderChange[] formatted(HeaderMutations mutations, String field) {
        List<HeaderChange> changes = new ArrayList<>();
        formatted(mutations.set(), field + ".set", changes);
        formatted(mutations.add(), field + ".add", changes);
        return changes.toArray(new HeaderChange[0]);
    }

    private void formatted(List<HeaderValue> values, String field, List<HeaderChange> into) {
        for (int i = 0; i < values.size(); i++) {
            HeaderValue header = values.get(i);
            String at = field + "[" + i + "]";
            String name = name(header.name(), at + ".name");
            String expected = Format.expected(header.value());
            if (expected == null) {
                Format value = Format.of(Octets.of(header.value()));
                into.add(
                        new HeaderChange(
                                name,
                                value,
                                HeaderChange.Action.valueOf(header.appendAction().name()),
                                header.keepEmptyValue()));
            } else {
                report.text(at + ".value", header.value(), expected);
            }
        }
    }

    private String name(String name, String field) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith(":") || lower.equals("host")) {
            report.text(field, name, "neither host nor a name that starts with :");
        }
        return lower;
    }
}
