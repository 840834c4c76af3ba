package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import dev.wick.model.Problem;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Names of the user's own, each with a text, a number, a truth value or a list of these, which is
 * kept as JSON: {@code "prod"}, {@code 1.5}, {@code true}, {@code ["a","b"]}. Equal values have
 * equal texts.
 */
final class JsonMap extends Type<Map<String, String>> {

    private static final int MOST = 256;
    private static final int LONGEST = 1_024;

    @Override
    @Nullable Map<String, String> read(Reader in) {
        if (in.current() != JsonToken.START_OBJECT) {
            in.wrong(expected());
            return null;
        }
        Map<String, String> values = new HashMap<>();
        int count = 0;
        while (in.next() != JsonToken.END_OBJECT) {
            String name = in.text();
            in.findings().enter(name);
            in.next();
            String value = in.refused() ? null : value(in);
            boolean odd = name.isEmpty() || name.chars().anyMatch(Character::isISOControl);
            if (odd || !Text.isUnicode(name)) {
                in.report(Problem.shown(name), "a name without control characters");
            } else if (value != null
                    && ++count <= MOST
                    && values.putIfAbsent(name, value) != null) {
                in.report(Problem.shown(name), "each name once");
            }
            in.findings().leave();
        }
        if (count > MOST) {
            in.report(count + " names", "at most " + MOST);
        }
        return values;
    }

    private static @Nullable String value(Reader in) {
        if (in.current() != JsonToken.START_ARRAY) {
            return single(in, ", true, false, or a list of these");
        }
        StringBuilder list = new StringBuilder("[");
        boolean good = true;
        int size = 0;
        while (in.next() != JsonToken.END_ARRAY) {
            String value = single(in, ", true or false");
            good &= value != null;
            if (size++ < MOST) {
                list.append(size == 1 ? "" : ",").append(value);
            }
        }
        if (size > MOST) {
            in.report(size + " values", "at most " + MOST);
        }
        return good ? list.append(']').toString() : null;
    }

    private static @Nullable String single(Reader in, String orElse) {
        String text = in.text();
        String json =
                switch (in.current()) {
                    case VALUE_TRUE -> "true";
                    case VALUE_FALSE -> "false";
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Decimal.json(text);
                    case VALUE_STRING ->
                            text.length() > LONGEST || !Text.isUnicode(text) ? null : quoted(text);
                    default -> null;
                };
        if (json == null) {
            in.wrong("a text of at most " + LONGEST + " characters, a number" + orElse);
        }
        return json;
    }

    /** As a JSON string. */
    static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    @Override
    void write(Map<String, String> value, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (Map.Entry<String, String> entry : new TreeMap<>(value).entrySet()) {
            out.writeFieldName(entry.getKey());
            out.writeRawValue(entry.getValue());
        }
        out.writeEndObject();
    }

    @Override
    boolean isEmpty(Map<String, String> value) {
        return value.isEmpty();
    }

    @Override
    void describe(SchemaWriter out) throws IOException {
        out.text("type", "object");
    }

    @Override
    String expected() {
        return "an object of texts, numbers and truth values, and of lists of these";
    }
}
