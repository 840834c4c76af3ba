package dev.wick.route;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts something else in the place of a path, or of a part of it, and keeps the query. */
public abstract sealed class PathRewrite {

    private static final PathRewrite NONE = new Unchanged();

    private PathRewrite() {}

    /** Every path stays as it is. */
    public static PathRewrite none() {
        return NONE;
    }

    /** In the place of what a route's path condition matched. */
    public static PathRewrite prefix(PathCondition matched, String replacement) {
        return new Prefix(matched, replacement);
    }

    /** In the place of every part of the path that an expression matches. */
    public static PathRewrite regex(Replacement replacement) {
        return new Regex(replacement);
    }

    /**
     * In the place of the whole path, with parts of it.
     *
     * @param pattern what a template means; has a group for each variable
     * @param texts the parts of the new path; null: a group
     * @param groups the number of the group where the text is null
     */
    public static PathRewrite template(Pattern pattern, @Nullable String[] texts, int[] groups) {
        return new Template(pattern, texts.clone(), groups.clone());
    }

    final boolean isNone() {
        return this instanceof Unchanged;
    }

    /**
     * The new request target, or the same object where nothing is to be replaced. The route's path
     * condition must hold for it.
     */
    abstract String apply(String target);

    private static String join(String path, String target, int end) {
        return end == target.length() ? path : path.concat(target.substring(end));
    }

    private static final class Unchanged extends PathRewrite {

        @Override
        String apply(String target) {
            return target;
        }
    }

    private static final class Prefix extends PathRewrite {

        private final PathCondition matched;
        private final String replacement;

        private Prefix(PathCondition matched, String replacement) {
            this.matched = matched;
            this.replacement = replacement;
        }

        @Override
        String apply(String target) {
            return join(replacement, target, matched.matched(PathCondition.end(target)));
        }
    }

    private static final class Regex extends PathRewrite {

        private final Replacement replacement;

        private Regex(Replacement replacement) {
            this.replacement = replacement;
        }

        @Override
        String apply(String target) {
            int end = PathCondition.end(target);
            String path = target.substring(0, end);
            String replaced = replacement.apply(path);
            return replaced.equals(path) ? target : join(replaced, target, end);
        }
    }

    private static final class Template extends PathRewrite {

        private final Pattern pattern;
        private final @Nullable String[] texts;
        private final int[] groups;

        private Template(Pattern pattern, @Nullable String[] texts, int[] groups) {
            this.pattern = pattern;
            this.texts = texts;
            this.groups = groups;
        }

        @Override
        String apply(String target) {
            int end = PathCondition.end(target);
            Matcher matcher = pattern.matcher(target.substring(0, end));
            if (!matcher.matches()) {
                return target;
            }
            StringBuilder path = new StringBuilder();
            for (int i = 0; i < texts.length; i++) {
                String text = texts[i];
                path.append(text == null ? matcher.group(groups[i]) : text);
            }
            return join(path.toString(), target, end);
        }
    }
}
