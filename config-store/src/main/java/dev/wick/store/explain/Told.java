package dev.wick.store.explain;

import dev.wick.model.wire.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Gathers settings, each with who says so. Used by one thread. */
final class Told {

    static final String DEFAULT = "default";

    /** Texts may be of many lines, and lists of thousands of domains. */
    private static final int LONGEST = 500;

    /** These are told in the order in which they are made; see {@link HeaderOrder}. */
    private static final Pattern CHANGES =
            Pattern.compile("(^|\\.)(requestHeaders|responseHeaders)(\\.|$)");

    private final List<Explanation.Setting> settings = new ArrayList<>();

    List<Explanation.Setting> settings() {
        return List.copyOf(settings);
    }

    /**
     * @param of whose they are, and who says what is said
     * @param elsewhere who says it instead, by fields: {@code http} stands for all within it
     * @param leftOut fields that say nothing about this request, likewise
     */
    void add(String of, List<Setting> all, Map<String, String> elsewhere, Set<String> leftOut) {
        for (Setting one : all) {
            String field = one.name();
            if (CHANGES.matcher(field).find()
                    || leftOut.stream().anyMatch(outer -> within(outer, field))) {
                continue;
            }
            String from = one.said() ? of : DEFAULT;
            for (Map.Entry<String, String> entry : elsewhere.entrySet()) {
                if (one.said() && within(entry.getKey(), field)) {
                    from = entry.getValue();
                }
            }
            if (!from.equals(DEFAULT) || !one.value().equals("{}")) {
                add(of, field, one.value(), from);
            }
        }
    }

    void add(String of, String name, String value, String from) {
        settings.add(new Explanation.Setting(of, name, shown(value), from));
    }

    private static String shown(String value) {
        if (value.length() <= LONGEST) {
            return value;
        }
        int end = Character.isHighSurrogate(value.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return value.substring(0, end) + "... (" + value.length() + " characters)";
    }

    private static boolean within(String outer, String field) {
        return field.startsWith(outer)
                && (field.length() == outer.length()
                        || field.charAt(outer.length()) == '.'
                        || field.charAt(outer.length()) == '[');
    }
}
