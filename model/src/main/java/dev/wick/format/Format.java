package dev.wick.format;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text with commands between percent signs, as {@code %PROTOCOL%} or {@code %REQ(a?b):10%};
 * {@code %%} is a percent sign. Immutable; filled in on the event loop of a request.
 */
public final class Format {

    private static final String LONE =
            "%% for a percent sign, or an operator between two, as %PROTOCOL% or %REQ(x-a?x-b):20%";

    private final Segment[] segments;

    private Format(Segment[] segments) {
        this.segments = segments;
    }

    /**
     * Parses a text that {@link #expected} finds nothing wrong with.
     *
     * @throws IllegalArgumentException where it would
     */
    public static Format of(String text) {
        List<Segment> segments = new ArrayList<>();
        String wrong = parse(text, segments);
        if (wrong != null) {
            throw new IllegalArgumentException(text + " (expected: " + wrong + ")");
        }
        return new Format(segments.toArray(new Segment[0]));
    }

    /** What was expected instead; null if the text is good. */
    public static @Nullable String expected(String text) {
        return text.indexOf('%') < 0 ? null : parse(text, new ArrayList<>());
    }

    /** The text that it always is, for whatever request; null where that depends. */
    public @Nullable String literal() {
        if (segments.length == 0) {
            return "";
        }
        return segments.length == 1 ? segments[0].literal() : null;
    }

    /** The text for a request; what is not known is left out, as Envoy does in headers. */
    public String text(Facts facts) {
        if (segments.length == 1) {
            String value = segments[0].value(facts);
            return value == null ? "" : value;
        }
        StringBuilder out = new StringBuilder(64);
        for (Segment segment : segments) {
            String value = segment.value(facts);
            if (value != null) {
                out.append(value);
            }
        }
        return out.toString();
    }

    /** The text for a request; what is not known is {@code -}, as Envoy does in bodies and logs. */
    public String shown(Facts facts) {
        StringBuilder out = new StringBuilder(64);
        for (Segment segment : segments) {
            String value = segment.value(facts);
            out.append(value == null ? "-" : value);
        }
        return out.toString();
    }

    /** The text as a value of JSON: null, a number or a string in quotes. */
    public void json(Facts facts, StringBuilder out) {
        String value = isValue() ? segments[0].value(facts) : shown(facts);
        if (value == null) {
            out.append("null");
        } else if (isNumber()) {
            out.append(value);
        } else {
            JsonString.append(value, out);
        }
    }

    /** Takes the parts of a text, one by one. */
    public interface Sink {

        /** Text that stands in the format. */
        void literal(String text);

        /** What a request says; null: nothing. */
        void value(@Nullable String value);
    }

    /** Gives the parts of a request's text to {@code sink}. */
    public void write(Facts facts, Sink sink) {
        for (Segment segment : segments) {
            String literal = segment.literal();
            if (literal == null) {
                sink.value(segment.value(facts));
            } else {
                sink.literal(literal);
            }
        }
    }

    private boolean isNumber() {
        return segments.length == 1 && segments[0].isNumber();
    }

    /** Whether it is one command alone, so that JSON has null where nothing is known. */
    private boolean isValue() {
        return segments.length == 1 && segments[0].literal() == null;
    }

    private static @Nullable String parse(String text, List<Segment> into) {
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '%') {
                literal.append(c);
                at++;
            } else if (text.startsWith("%%", at)) {
                literal.append('%');
                at += 2;
            } else {
                Command command = Command.at(text, at);
                String wrong = command == null ? LONE : command.expected();
                if (command == null || wrong != null) {
                    return wrong;
                }
                if (!literal.isEmpty()) {
                    into.add(new Segment.Literal(literal.toString()));
                    literal.setLength(0);
                }
                into.add(command.segment());
                at = command.end();
            }
        }
        if (!literal.isEmpty()) {
            into.add(new Segment.Literal(literal.toString()));
        }
        return null;
    }

    /** What may stand between percent signs. */
    static String unknown() {
        return "one of the operators "
                + names()
                + "; those of TLS, of metadata and of filters do not exist yet; %% is a percent sign";
    }

    private static String names() {
        List<String> names = new ArrayList<>();
        for (Operator operator : Operator.values()) {
            names.add(operator.name());
        }
        for (Fact fact : Fact.values()) {
            names.add(fact.name());
        }
        names.sort(null);
        return String.join(", ", names);
    }
}
