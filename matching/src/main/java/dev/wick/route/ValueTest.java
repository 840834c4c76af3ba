package dev.wick.route;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a condition asks of the value of a header or of a query parameter. Values are octets, one in
 * each char.
 */
public abstract sealed class ValueTest
        permits ValueTest.Present,
                ValueTest.Exact,
                ValueTest.Prefix,
                ValueTest.Suffix,
                ValueTest.Contains,
                ValueTest.Regex {

    private ValueTest() {}

    /** It is there (true), or absent (false). */
    public static ValueTest present(boolean present) {
        return new Present(present);
    }

    public static ValueTest exact(String value) {
        return new Exact(value);
    }

    public static ValueTest prefix(String prefix) {
        return new Prefix(prefix);
    }

    public static ValueTest suffix(String suffix) {
        return new Suffix(suffix);
    }

    public static ValueTest contains(String part) {
        return new Contains(part);
    }

    /** Matches the whole value. */
    public static ValueTest regex(Pattern pattern) {
        return new Regex(new FullMatch(pattern));
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

    static final class Exact extends ValueTest {

        private final String value;

        private Exact(String value) {
            this.value = value;
        }

        @Override
        boolean holds(String text, int from, int to) {
            return to - from == value.length() && text.startsWith(value, from);
        }

        @Override
        String expected() {
            return "exact \"" + value + "\"";
        }
    }

    static final class Prefix extends ValueTest {

        private final String prefix;

        private Prefix(String prefix) {
            this.prefix = prefix;
        }

        @Override
        boolean holds(String text, int from, int to) {
            return to - from >= prefix.length() && text.startsWith(prefix, from);
        }

        @Override
        String expected() {
            return "prefix \"" + prefix + "\"";
        }
    }

    static final class Suffix extends ValueTest {

        private final String suffix;

        private Suffix(String suffix) {
            this.suffix = suffix;
        }

        @Override
        boolean holds(String text, int from, int to) {
            int start = to - suffix.length();
            return start >= from && text.startsWith(suffix, start);
        }

        @Override
        String expected() {
            return "suffix \"" + suffix + "\"";
        }
    }

    static final class Contains extends ValueTest {

        private final String part;

        private Contains(String part) {
            this.part = part;
        }

        @Override
        boolean holds(String text, int from, int to) {
            return text.indexOf(part, from, to) >= 0;
        }

        @Override
        String expected() {
            return "contains \"" + part + "\"";
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
}
