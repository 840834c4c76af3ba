package dev.wick.route;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces every part of a text that an expression matches, as RE2 does: from left to right, and
 * nothing empty right behind a part that was replaced. Texts are octets; see {@link FullMatch}.
 */
public final class Replacement {

    private final Pattern pattern;
    private final @Nullable String[] texts;
    private final int[] groups;

    /**
     * @param pattern of octets, as are the texts
     * @param texts the parts of what stands in the place of a match; null: a group
     * @param groups the number of the group where the text is null
     */
    public Replacement(Pattern pattern, @Nullable String[] texts, int[] groups) {
        this.pattern = pattern;
        this.texts = texts.clone();
        this.groups = groups.clone();
    }

    /** The same object where nothing matches. */
    String apply(String text) {
        Matcher matcher = pattern.matcher(text);
        StringBuilder result = null;
        int done = 0;
        int last = -1;
        while (matcher.find()) {
            if (matcher.start() == matcher.end() && matcher.start() == last) {
                continue;
            }
            if (result == null) {
                result = new StringBuilder(text.length() + 16);
            }
            result.append(text, done, matcher.start());
            append(matcher, result);
            done = matcher.end();
            last = done;
        }
        return result == null ? text : result.append(text, done, text.length()).toString();
    }

    private void append(Matcher matcher, StringBuilder to) {
        for (int i = 0; i < texts.length; i++) {
            String part = texts[i];
            String value = part == null ? matcher.group(groups[i]) : part;
            if (value != null) {
                to.append(value);
            }
        }
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
