package dev.wick.route;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a condition asks of the value of a header or of a query parameter. Values are octets, one in
 * each char.
 */
public abstract sealed class ValueTest
        permits ValueTest.Present, ValueTest.Literal, ValueTest.Regex, ValueTest.Range {

    private ValueTest() {}

    /** It is there (true), or absent (false). */
    public static ValueTest present(boolean present) {
        return new Present(present);
    }

    public static ValueTest exact(String value, boolean ignoreCase) {
        return new Exact(value, ignoreCase);
    }

    public static ValueTest prefix(String prefix, boolean ignoreCase) {
        return new Prefix(prefix, ignoreCase);
    }

    public static ValueTest suffix(String suffix, boolean ignoreCase) {
        return new Suffix(suffix, ignoreCase);
    }

    public static ValueTest contains(String part, boolean ignoreCase) {
        return new Contains(part, ignoreCase);
    }

    /** Matches the whole value. */
    public static ValueTest regex(Pattern pattern) {
        return new Regex(new FullMatch(pattern));
    }

    /** A whole number, of digits with or without a sign, from start to before end. */
    public static ValueTest range(long start, long end) {
        return new Range(start, end);
    }

    /** Of {@code text} from {@code from} to {@code to}. */
    abstract boolean holds(String text, int from, int to);

    /** Where there is no value; an inversion does not reach this, as in Envoy. */
    boolean holdsForMissing(boolean invert) {
        return false;
    }

    final boolean holds(@Nullable String value, boolean invert) {
        return value == null ? holdsForMissing(invert) : holds(value, 0, value.length()) != invert;
    }

    /** As {@code prefix "abc"}. */
    abstract String expected();

    String expected(boolean invert) {
        return invert ? "present, but not " + expected() : expected();
    }

    static final class Present extends ValueTest {

        private final boolean present;

        private Present(boolean present) {
            this.present = present;
        }

        @Override
        boolean holds(String text, int from, int to) {
            return present;
        }

        @Override
        boolean holdsForMissing(boolean invert) {
            return present == invert;
        }

        @Override
        String expected() {
            return present ? "present" : "absent";
        }

        @Override
        String expected(boolean invert) {
            return present != invert ? "present" : "absent";
        }
    }

    /** A text that is looked for, whose letters of ASCII may be of either case. */
    private abstract static sealed class Literal extends ValueTest
            permits Exact, Prefix, Suffix, Contains {

        final String literal;
        final boolean ignoreCase;

        private Literal(String literal, boolean ignoreCase) {
            this.literal = ignoreCase ? Ascii.lower(literal) : literal;
            this.ignoreCase = ignoreCase;
        }

        final boolean isAt(String text, int from) {
            return ignoreCase
                    ? Ascii.startsWith(text, from, literal)
                    : text.startsWith(literal, from);
        }

        abstract String kind();

        @Override
        final String expected() {
            return kind() + " \"" + literal + "\"" + (ignoreCase ? " in any case" : "");
        }
    }

    static final class Exact extends Literal {

        private Exact(String value, boolean ignoreCase) {
            super(value, ignoreCase);
        }

        @Override
        boolean holds(String text, int from, int to) {
            return to - from == literal.length() && isAt(text, from);
        }

        @Override
        String kind() {
            return "exact";
        }
    }

    static final class Prefix extends Literal {

        private Prefix(String prefix, boolean ignoreCase) {
            super(prefix, ignoreCase);
        }

        @Override
        boolean holds(String text, int from, int to) {
            return to - from >= literal.length() && isAt(text, from);
        }

        @Override
        String kind() {
            return "prefix";
        }
    }

    static final class Suffix extends Literal {

        private Suffix(String suffix, boolean ignoreCase) {
            super(suffix, ignoreCase);
        }

        @Override
        boolean holds(String text, int from, int to) {
            int start = to - literal.length();
            return start >= from && isAt(text, start);
        }

        @Override
        String kind() {
            return "suffix";
        }
    }

    static final class Contains extends Literal {

        private Contains(String part, boolean ignoreCase) {
            super(part, ignoreCase);
        }

        @Override
        boolean holds(String text, int from, int to) {
            if (!ignoreCase) {
                return text.indexOf(literal, from, to) >= 0;
            }
            for (int i = from; i <= to - literal.length(); i++) {
                if (isAt(text, i)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        String kind() {
            return "contains";
        }
    }

    static final class Regex extends ValueTest {

        private final FullMatch regex;

        private Regex(FullMatch regex) {
            this.regex = regex;
        }

        @Override
        boolean holds(String text, int from, int to) {
            return regex.test(text, from, to);
        }

        @Override
        String expected() {
            return "regex \"" + regex + "\"";
        }
    }

    static final class Range extends ValueTest {

        private final long start;
        private final long end;

        private Range(long start, long end) {
            this.start = start;
            this.end = end;
        }

        @Override
        boolean holds(String text, int from, int to) {
            try {
                long number = Long.parseLong(text.substring(from, to).strip());
                return number >= start && number < end;
            } catch (NumberFormatException none) {
                return false;
            }
        }

        @Override
        String expected() {
            return "range " + start + " to before " + end;
        }
    }
}
