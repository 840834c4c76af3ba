package dev.wick.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replaces every part of a text that an expression matches.
 *
 * @param pattern RE2 syntax
 * @param substitution may name groups: {@code \1} to {@code \9}, {@code \0} for all that was
 *     matched; a backslash is written {@code \\}
 */
public record RegexRewrite(String pattern, String substitution) {

    /** A part of a substitution: a text, or the number of a group where the text is null. */
    public record Part(@Nullable String text, int group) {}

    /** The substitution's parts, or null where a backslash stands before something else. */
    public @Nullable List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < substitution.length(); i++) {
            char c = substitution.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            i++;
            char next = i < substitution.length() ? substitution.charAt(i) : 'x';
            if (next == '\\') {
                text.append(next);
            } else if (next >= '0' && next <= '9') {
                parts.add(new Part(text.toString(), 0));
                parts.add(new Part(null, next - '0'));
                text.setLength(0);
            } else {
                return null;
            }
        }
        parts.add(new Part(text.toString(), 0));
        return parts;
    }
}
