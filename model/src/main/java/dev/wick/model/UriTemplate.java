package dev.wick.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Envoy's URI templates: a pattern that a path matches, read into a regular expression with one
 * group for each variable; and a pattern that a path is rewritten to, in which variables stand.
 *
 * <p>Between slashes stands a literal, an operator or a variable. {@code *} takes one segment of at
 * least one character, {@code **} whatever follows, slashes included; nothing that takes a variable
 * length may come after it. {@code {name}} is {@code {name=*}}; behind {@code =} stand literals and
 * operators, slashes between them. The last segment may have a literal suffix, as {@code /**.m3u8}.
 */
public final class UriTemplate {

    private static final int MOST_VARIABLES = 5;
    private static final int LONGEST_NAME = 16;

    /** What a literal may hold besides letters and digits: RFC 3986's pchar without {@code *}. */
    private static final String SYMBOLS = "-._~%!$&'()+,;:@=";

    private static final String SEGMENT = "[a-zA-Z0-9\\-._~%!$&'()+,;:@=*]+";
    private static final String REST = "[a-zA-Z0-9\\-._~%!$&'()+,;:@=*/]*";

    private final String pattern;
    private final StringBuilder regex = new StringBuilder("/");
    private final Map<String, Integer> variables = new LinkedHashMap<>();
    private int at;
    private boolean afterRest;
    private @Nullable String wrong;

    private UriTemplate(String pattern) {
        this.pattern = pattern;
    }

    /** Reads a pattern; {@link #wrong} says whether it is one. */
    public static UriTemplate of(String pattern) {
        UriTemplate template = new UriTemplate(pattern);
        template.read();
        return template;
    }

    /** What was expected instead, or null where the pattern is good. */
    public @Nullable String wrong() {
        return wrong;
    }

    /** RE2 syntax; matches the whole path without its query. */
    public String regex() {
        return regex.toString();
    }

    /** The number of each variable's group, by name. */
    public Map<String, Integer> variables() {
        return variables;
    }

    private void fail(String expected) {
        wrong = wrong == null ? expected : wrong;
        at = pattern.length();
    }

    private void read() {
        if (!pattern.startsWith("/") || pattern.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            fail("a template that begins with /, of visible ASCII");
            return;
        }
        at = 1;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            if (c == '*') {
                operator();
            } else if (c == '{') {
                variable();
            } else {
                literal();
            }
            if (at < pattern.length() && pattern.charAt(at) == '/') {
                regex.append('/');
                at++;
            } else if (at < pattern.length()) {
                literal();
                if (at < pattern.length()) {
                    fail("/ or nothing behind a suffix");
                }
            }
        }
    }

    private void operator() {
        if (afterRest) {
            fail("no * and no variable without a literal behind **");
            return;
        }
        afterRest = pattern.startsWith("**", at);
        regex.append(afterRest ? REST : SEGMENT);
        at += afterRest ? 2 : 1;
    }

    private void literal() {
        int start = at;
        while (at < pattern.length() && isLiteral(pattern.charAt(at))) {
            char c = pattern.charAt(at++);
            if ("$()+.".indexOf(c) >= 0) {
                regex.append('\\');
            }
            regex.append(c);
        }
        if (at == start) {
            fail("segments of letters, digits and " + SYMBOLS);
        }
    }

    private static boolean isLiteral(char c) {
        return isAlphanumeric(c) || SYMBOLS.indexOf(c) >= 0;
    }

    private static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private void variable() {
        int end = pattern.indexOf('}', at);
        if (end < 0) {
            fail("} behind {");
            return;
        }
        int equals = pattern.indexOf('=', at);
        boolean bare = equals < 0 || equals > end;
        String name = pattern.substring(at + 1, bare ? end : equals);
        if (!isName(name)) {
            fail("a variable's name of 1-" + LONGEST_NAME + " letters, digits and _");
            return;
        }
        if (variables.putIfAbsent(name, variables.size() + 1) != null) {
            fail("each variable once");
            return;
        }
        if (variables.size() > MOST_VARIABLES) {
            fail("at most " + MOST_VARIABLES + " variables");
            return;
        }
        regex.append('(');
        if (bare) {
            bareVariable(end);
        } else {
            at = equals + 1;
            parts(end);
        }
        regex.append(')');
        at = wrong == null ? end + 1 : at;
    }

    private void bareVariable(int end) {
        if (afterRest) {
            fail("no * and no variable without a literal behind **");
        }
        regex.append(SEGMENT);
        at = end;
    }

    private void parts(int end) {
        if (at == end) {
            fail("a pattern behind =");
        }
        while (at < end) {
            if (pattern.charAt(at) == '*') {
                operator();
            } else {
                literal();
            }
            if (at < end && (pattern.charAt(at) != '/' || at + 1 == end)) {
                fail("a pattern of literals, * and ** between slashes behind =");
            } else if (at < end) {
                regex.append('/');
                at++;
            }
        }
    }

    private static boolean isName(String name) {
        boolean good = !name.isEmpty() && name.length() <= LONGEST_NAME;
        for (int i = 0; good && i < name.length(); i++) {
            char c = name.charAt(i);
            good = isAlphanumeric(c) || c == '_' && i > 0;
            good &= i > 0 || c > '9';
        }
        return good;
    }

    /**
     * A pattern to rewrite a path to, as {@code /{shop}/x}: literals and the names of variables by
     * turns, beginning with a literal.
     *
     * @param parts literals at even places (the first begins with {@code /}, others may be empty),
     *     names at odd ones
     * @param wrong what was expected instead, or null where the pattern is good
     */
    public record Rewrite(List<String> parts, @Nullable String wrong) {

        public Rewrite {
            parts = List.copyOf(parts);
        }

        public static Rewrite of(String pattern) {
            if (!pattern.startsWith("/") || pattern.contains("//")) {
                return new Rewrite(List.of(), "a template that begins with / and has no //");
            }
            List<String> parts = new ArrayList<>();
            int at = 0;
            while (true) {
                int open = pattern.indexOf('{', at);
                String literal = pattern.substring(at, open < 0 ? pattern.length() : open);
                if (!literal.chars().allMatch(c -> isLiteral((char) c) || c == '/')) {
                    return new Rewrite(List.of(), "literals of letters, digits, / and " + SYMBOLS);
                }
                parts.add(literal);
                if (open < 0) {
                    return new Rewrite(parts, null);
                }
                int close = pattern.indexOf('}', open);
                String name = close < 0 ? "" : pattern.substring(open + 1, close);
                if (!isName(name)) {
                    return new Rewrite(List.of(), "names of variables between { and }");
                }
                parts.add(name);
                at = close + 1;
            }
        }
    }
}
