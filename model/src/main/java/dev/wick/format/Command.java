package dev.wick.format;

import org.jspecify.annotations.Nullable;

/**
 * One command as it is written.
 *
 * @param argument empty for none
 * @param longest how many characters of the value are kept; -1: all
 * @param end where the text goes on behind it
 */
record Command(String name, String argument, int longest, int end) {

    /** The command that begins with the percent sign at {@code start}; null where it is none. */
    static @Nullable Command at(String text, int start) {
        int at = start + 1;
        while (at < text.length() && isName(text.charAt(at))) {
            at++;
        }
        String name = text.substring(start + 1, at);
        if (name.isEmpty()) {
            return null;
        }
        if (!text.startsWith("(", at)) {
            return behind(text, at, name, "");
        }
        for (int close = text.indexOf(')', at); close >= 0; close = text.indexOf(')', close + 1)) {
            Command found = behind(text, close + 1, name, text.substring(at + 1, close));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static boolean isName(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    /** What may follow: a length, and the percent sign. */
    private static @Nullable Command behind(String text, int from, String name, String argument) {
        int at = from;
        int longest = -1;
        if (text.startsWith(":", at)) {
            int digits = at + 1;
            while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
                digits++;
            }
            if (digits == at + 1 || digits > at + 6) {
                return null;
            }
            longest = Integer.parseInt(text, at + 1, digits, 10);
            at = digits;
        }
        return text.startsWith("%", at) ? new Command(name, argument, longest, at + 1) : null;
    }

    /** What was expected instead; null if the command is good. */
    @Nullable String expected() {
        Operator operator = Operator.named(name);
        if (operator == null) {
            if (fact() == null) {
                return Format.unknown();
            }
            return argument.isEmpty() ? null : "no argument for %" + name + "%";
        }
        return operator.takes(argument) ? null : "for " + name + ": " + operator.argument();
    }

    private @Nullable Fact fact() {
        for (Fact fact : Fact.values()) {
            if (fact.name().equals(name)) {
                return fact;
            }
        }
        return null;
    }

    /** What it compiles to. */
    Segment segment() {
        Operator operator = Operator.named(name);
        Fact fact = fact();
        Segment whole;
        if (operator != null) {
            whole = operator.segment(argument);
        } else if (fact != null) {
            whole = new Segment.Known(fact);
        } else {
            throw new IllegalArgumentException(name);
        }
        return longest < 0 ? whole : new Segment.Cut(whole, longest);
    }
}
