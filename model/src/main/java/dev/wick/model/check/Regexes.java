package dev.wick.model.check;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Which regular expressions are compiled: RE2's syntax, and no larger than an instance can afford
 * on the way to a host's first answer. RE2 writes counted repetitions out ({@code
 * ((a{1000}){1000}){1000}} takes all memory there is), so the size is found before it is let near
 * the text.
 *
 * <p>An expression is compiled as the octets of its UTF-8, each of them a character of Latin-1, and
 * so is met with a message's octets, as in Envoy.
 */
final class Regexes {

    /**
     * Instructions; far more than a condition on a path or a header needs, far less than one sees
     * in a start.
     */
    static final int LARGEST = 10_000;

    private static final int DEEPEST = 100;

    /** The last that an octet can be. */
    private static final int LAST = 0xff;

    private final String regex;
    private int at;

    /** An escape of what no octet can be; empty: there is none. */
    private String never = "";

    private Regexes(String regex) {
        this.regex = regex;
    }

    /** Of an expression that is good. */
    static Pattern pattern(String regex) {
        return Pattern.compile(octets(regex));
    }

    private static String octets(String regex) {
        return new String(regex.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** What was expected instead; null if the expression is good. */
    static @Nullable String expected(String regex) {
        Regexes read = new Regexes(octets(regex));
        long size = read.size();
        if (size > LARGEST) {
            return "a regular expression of at most "
                    + LARGEST
                    + " instructions when its repetitions are written out, groups nested at most "
                    + DEEPEST
                    + " deep";
        }
        try {
            pattern(regex);
            return read.never.isEmpty() ? null : "octets: no more than \\xff, not " + read.never;
        } catch (PatternSyntaxException e) {
            return "RE2 syntax: " + e.getDescription();
        }
    }

    /**
     * About how many instructions the expression makes; whether it is one at all, the compiler
     * says.
     */
    private long size() {
        Deque<Long> outer = new ArrayDeque<>();
        long group = 0;
        long last = 0;
        while (at < regex.length()) {
            switch (regex.charAt(at)) {
                case '(' -> {
                    if (outer.size() == DEEPEST) {
                        return Long.MAX_VALUE;
                    }
                    outer.push(group + last);
                    group = 0;
                    last = 0;
                    at++;
                }
                case ')' -> {
                    last = group + last + 2;
                    group = outer.isEmpty() ? 0 : outer.pop();
                    at++;
                }
                case '{' -> {
                    long times = repetition();
                    if (times < 0) {
                        group += last;
                        last = 1;
                    } else {
                        last = Math.min(last * Math.max(times, 1), Integer.MAX_VALUE);
                    }
                }
                case '*', '+', '?', '|' -> {
                    last++;
                    at++;
                }
                default -> {
                    group = Math.min(group + last, Integer.MAX_VALUE);
                    last = 1;
                    atom();
                }
            }
        }
        for (long left : outer) {
            group += left;
        }
        return group + last;
    }

    /**
     * Steps over {@code {2}}, {@code {2,}} or {@code {2,5}} and answers the larger number; over a
     * brace that begins none, and answers -1.
     */
    private long repetition() {
        int end = regex.indexOf('}', at);
        String inside = end < 0 ? "" : regex.substring(at + 1, end);
        if (inside.isEmpty() || !inside.chars().allMatch(c -> c == ',' || (c >= '0' && c <= '9'))) {
            at++;
            return -1;
        }
        at = end + 1;
        long most = 0;
        for (String number : inside.split(",", -1)) {
            if (!number.isEmpty()) {
                most = Math.max(most, number.length() > 6 ? 1_000_000 : Long.parseLong(number));
            }
        }
        return inside.endsWith(",") ? most + 1 : most;
    }

    private void atom() {
        char c = regex.charAt(at++);
        if (c == '\\') {
            escape();
        } else if (c == '[') {
            characterClass();
        }
    }

    private void escape() {
        if (at == regex.length()) {
            return;
        }
        char c = regex.charAt(at++);
        boolean named = c == 'p' || c == 'P' || c == 'x';
        if (named && at < regex.length() && regex.charAt(at) == '{') {
            int end = regex.indexOf('}', at);
            if (c == 'x' && end >= 0 && isBeyond(regex.substring(at + 1, end))) {
                never = regex.substring(at - 2, end + 1);
            }
            at = end < 0 ? regex.length() : end + 1;
        }
    }

    private static boolean isBeyond(String hexadecimal) {
        try {
            return Integer.parseInt(hexadecimal, 16) > LAST;
        } catch (NumberFormatException syntax) {
            // The compiler says what is wrong with it.
            return false;
        }
    }

    private void characterClass() {
        if (at < regex.length() && regex.charAt(at) == '^') {
            at++;
        }
        if (at < regex.length() && regex.charAt(at) == ']') {
            at++;
        }
        while (at < regex.length()) {
            char c = regex.charAt(at++);
            if (c == ']') {
                return;
            }
            if (c == '\\') {
                escape();
            } else if (c == '[' && regex.startsWith(":", at)) {
                int end = regex.indexOf(":]", at);
                at = end < 0 ? at : end + 2;
            }
        }
    }
}
