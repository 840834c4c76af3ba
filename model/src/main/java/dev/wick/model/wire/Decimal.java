package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A number that need not be whole. */
final class Decimal extends Type<Double> {

    private final double least;
    private final double most;

    Decimal(double least, double most) {
        this.least = least;
        this.most = most;
    }

    /** The number as JSON writes it, the same text for the same number; null: none. */
    static @Nullable String json(String text) {
        Double value = parse(text);
        return value == null ? null : json(value);
    }

    private static String json(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1L << 53
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static @Nullable Double parse(String text) {
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? value : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Override
    @Nullable Double read(Reader in) {
        boolean number =
                in.current() == JsonToken.VALUE_NUMBER_INT
                        || in.current() == JsonToken.VALUE_NUMBER_FLOAT;
        Double value = number ? parse(in.text()) : null;
        if (value == null || value < least || value > most) {
            in.wrong(expected());
            return null;
        }
        return value;
    }

    @Override
    void write(Double value, JsonGenerator out) throws IOException {
        out.writeRawValue(json(value));
    }

    @Override
    void describe(SchemaWriter out) throws IOException {
        out.text("type", "number");
    }

    @Override
    String expected() {
        return "a number from " + json(least) + " to " + json(most);
    }
}
