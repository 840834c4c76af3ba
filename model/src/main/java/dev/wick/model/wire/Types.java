package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The types of values that are no objects. */
final class Types {

    private Types() {}

    /**
     * Text of so many characters (UTF-16 units). A number or a truth value without quotes is none.
     */
    static Type<String> text(int least, int most) {
        return new Text(least, most, null, null, false);
    }

    /** Text that messages and differences never show. */
    static Type<String> secret(int least, int most) {
        return new Text(least, most, null, null, true);
    }

    /**
     * Text that a regular expression describes, to the JSON Schema too: one that ECMA 262 and Java
     * take for the same, with {@code $} at its end only. Where a rule says more of a text that does
     * not match, only that is told.
     */
    static Type<String> text(int least, int most, String pattern, String expected) {
        return new Text(least, most, pattern, expected, false);
    }

    /** Text of so many characters, of which a rule says more. */
    static Type<String> text(int least, int most, String expected) {
        return new Text(least, most, null, expected, false);
    }

    static Type<Long> whole(long least, long most) {
        return new Whole(least, most);
    }

    static Type<Integer> whole(int least, int most) {
        return new Small(new Whole(least, most));
    }

    static Type<Integer> oneOf(int... numbers) {
        return new Small(new Numbers(numbers));
    }

    static Type<Boolean> truth() {
        return new Truth();
    }

    static Type<Duration> duration(Duration least, Duration most) {
        return new Time(least, most);
    }

    static <E extends Enum<E>> Type<E> oneOf(E[] values) {
        return new Choices<>(values);
    }

    static <T> Type<List<T>> list(Type<T> of, int least) {
        return new Items<>(of, least);
    }

    private static final class Whole extends Type<Long> {
        private final long least;
        private final long most;

        Whole(long least, long most) {
            this.least = least;
            this.most = most;
        }

        @Override
        @Nullable Long read(Reader in) {
            if (in.current() == JsonToken.VALUE_NUMBER_INT && in.text().length() <= 18) {
                long value = Long.parseLong(in.text());
                if (value >= least && value <= most) {
                    return value;
                }
            }
            in.wrong(expected());
            return null;
        }

        @Override
        void write(Long value, JsonGenerator out) throws IOException {
            out.writeNumber(value.longValue());
        }

        @Override
        void describe(SchemaWriter out) throws IOException {
            out.text("type", "integer");
            out.number("minimum", least);
            out.number("maximum", most);
        }

        @Override
        String expected() {
            return least + "-" + most;
        }
    }

    private static final class Numbers extends Type<Long> {
        private final int[] numbers;

        Numbers(int[] numbers) {
            this.numbers = numbers.clone();
        }

        @Override
        @Nullable Long read(Reader in) {
            if (in.current() == JsonToken.VALUE_NUMBER_INT) {
                for (int number : numbers) {
                    if (in.text().equals(Integer.toString(number))) {
                        return (long) number;
                    }
                }
            }
            in.wrong(expected());
            return null;
        }

        @Override
        void write(Long value, JsonGenerator out) throws IOException {
            out.writeNumber(value.longValue());
        }

        @Override
        void describe(SchemaWriter out) throws IOException {
            out.numbers("enum", numbers);
        }

        @Override
        String expected() {
            StringBuilder list = new StringBuilder();
            for (int i = 0; i < numbers.length; i++) {
                list.append(i == 0 ? "" : i == numbers.length - 1 ? " or " : ", ")
                        .append(numbers[i]);
            }
            return list.toString();
        }
    }

    /** A number that fits an int. */
    private static final class Small extends Type<Integer> {
        private final Type<Long> as;

        Small(Type<Long> as) {
            this.as = as;
        }

        @Override
        @Nullable Integer read(Reader in) {
            Long value = as.read(in);
            return value == null ? null : value.intValue();
        }

        @Override
        void write(Integer value, JsonGenerator out) throws IOException {
            out.writeNumber(value.intValue());
        }

        @Override
        void describe(SchemaWriter out) throws IOException {
            as.describe(out);
        }

        @Override
        String expected() {
            return as.expected();
        }
    }

    private static final class Truth extends Type<Boolean> {

        @Override
        @Nullable Boolean read(Reader in) {
            if (in.current().isBoolean()) {
                return in.current() == JsonToken.VALUE_TRUE;
            }
            in.wrong(expected());
            return null;
        }

        @Override
        void write(Boolean value, JsonGenerator out) throws IOException {
            out.writeBoolean(value);
        }

        @Override
        void describe(SchemaWriter out) throws IOException {
            out.text("type", "boolean");
        }

        @Override
        String expected() {
            return "true or false";
        }
    }

    private static final class Time extends Type<Duration> {
        private final Duration least;
        private final Duration most;

        Time(Duration least, Duration most) {
            this.least = least;
            this.most = most;
        }

        @Override
        @Nullable Duration read(Reader in) {
            Duration value =
                    in.current() == JsonToken.VALUE_STRING ? Durations.parse(in.text()) : null;
            if (value == null || value.compareTo(least) < 0 || value.compareTo(most) > 0) {
                in.wrong(expected());
                return null;
            }
            return value;
        }

        @Override
        void write(Duration value, JsonGenerator out) throws IOException {
            out.writeString(Durations.format(value));
        }

        @Override
        void describe(SchemaWriter out) throws IOException {
            out.text("type", "string");
            out.text("pattern", Durations.PATTERN);
        }

        @Override
        String expected() {
            return Durations.FORM
                    + ", from "
                    + Durations.format(least)
                    + " to "
                    + Durations.format(most);
        }
    }

    private static final class Choices<E extends Enum<E>> extends Type<E> {
        private final E[] values;

        Choices(E[] values) {
            this.values = values.clone();
        }

        @Override
        @Nullable E read(Reader in) {
            if (in.current() == JsonToken.VALUE_STRING) {
                for (E value : values) {
                    if (value.name().equals(in.text())) {
                        return value;
                    }
                }
            }
            in.wrong(expected());
            return null;
        }

        @Override
        void write(E value, JsonGenerator out) throws IOException {
            out.writeString(value.name());
        }

        @Override
        void describe(SchemaWriter out) throws IOException {
            out.text("type", "string");
            List<String> names = new ArrayList<>();
            for (E value : values) {
                names.add(value.name());
            }
            out.texts("enum", names);
        }

        @Override
        String expected() {
            StringBuilder list = new StringBuilder();
            for (E value : values) {
                list.append(list.isEmpty() ? "" : " or ").append(value.name());
            }
            return list.toString();
        }
    }

    private static final class Items<T> extends Type<List<T>> {
        private final Type<T> of;
        private final int least;

        Items(Type<T> of, int least) {
            this.of = of;
            this.least = least;
        }

        /**
         * Elements that were reported are left out: what stands beside them is checked all the
         * same.
         */
        @Override
        @Nullable List<T> read(Reader in) {
            if (in.current() != JsonToken.START_ARRAY) {
                in.wrong(expected());
                return null;
            }
            List<T> list = new ArrayList<>();
            BitSet leftOut = new BitSet();
            int count = 0;
            while (in.next() != JsonToken.END_ARRAY) {
                in.findings().enter(count);
                T item = in.refused() ? null : of.read(in);
                in.findings().leave();
                if (item != null) {
                    list.add(item);
                } else {
                    leftOut.set(count);
                }
                count++;
            }
            if (count < least) {
                in.report("[]", expected());
            }
            if (list.size() < count) {
                leftOut.flip(0, count);
                in.findings().keepOnly(leftOut.stream().toArray());
            }
            return list.isEmpty() && count > 0 ? null : list;
        }

        @Override
        void write(List<T> value, JsonGenerator out) throws IOException {
            out.writeStartArray();
            for (T item : value) {
                of.write(item, out);
            }
            out.writeEndArray();
        }

        @Override
        void describe(SchemaWriter out) throws IOException {
            out.text("type", "array");
            if (least > 0) {
                out.number("minItems", least);
            }
            out.open("items");
            of.describe(out);
            out.close();
        }

        @Override
        String expected() {
            return least == 0 ? "a list" : "a list of at least " + least;
        }

        @Override
        void tell(List<T> value, Telling out) {
            if (value.isEmpty() || !of.hasFields()) {
                out.value(this, value);
                return;
            }
            for (int i = 0; i < value.size(); i++) {
                T item = value.get(i);
                out.within("[" + i + "]", true, () -> of.tell(item, out));
            }
        }

        @Override
        boolean isEmpty(List<T> value) {
            return value.isEmpty();
        }
    }
}
