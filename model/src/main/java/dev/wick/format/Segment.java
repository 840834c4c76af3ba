package dev.wick.format;

import org.jspecify.annotations.Nullable;

/** A part of a format: a text, or what stands for a value. Immutable. */
abstract class Segment {

    /** The text that it always is; null where it depends on the request. */
    @Nullable String literal() {
        return null;
    }

    /** Whether JSON has its value as a number. */
    boolean isNumber() {
        return false;
    }

    /** Null where there is nothing. */
    abstract @Nullable String value(Facts facts);

    /** Stands for itself. */
    static final class Literal extends Segment {
        private final String text;

        Literal(String text) {
            this.text = text;
        }

        @Override
        String literal() {
            return text;
        }

        @Override
        String value(Facts facts) {
            return text;
        }
    }

    /** The same for every request, or nothing. */
    static final class Constant extends Segment {
        private final @Nullable String text;

        Constant(@Nullable String text) {
            this.text = text;
        }

        @Override
        @Nullable String value(Facts facts) {
            return text;
        }
    }

    /** Something that is known of the request. */
    static final class Known extends Segment {
        private final Fact fact;

        Known(Fact fact) {
            this.fact = fact;
        }

        @Override
        boolean isNumber() {
            return fact.isNumber();
        }

        @Override
        @Nullable String value(Facts facts) {
            return facts.text(fact);
        }
    }

    /** When the request came. */
    static final class StartTime extends Segment {
        private final TimeFormat format;

        StartTime(TimeFormat format) {
            this.format = format;
        }

        @Override
        String value(Facts facts) {
            return format.text(facts.startMicros());
        }
    }

    /** Cuts what another says. */
    static final class Cut extends Segment {
        private final Segment whole;
        private final int longest;

        Cut(Segment whole, int longest) {
            this.whole = whole;
            this.longest = longest;
        }

        @Override
        @Nullable String value(Facts facts) {
            String value = whole.value(facts);
            return value == null || value.length() <= longest ? value : value.substring(0, longest);
        }
    }
}
