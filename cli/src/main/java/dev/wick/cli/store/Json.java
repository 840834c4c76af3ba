package dev.wick.cli.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value of any shape, fields in their order. What is not there reads as empty, so that a
 * store may say less or more than this version knows.
 *
 * @param value a {@code Map<String, Json>}, a {@code List<Json>}, a String, a BigDecimal, a
 *     Boolean, or null
 */
public record Json(@Nullable Object value) {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final Json ABSENT = new Json(null);

    /** An object without a field is what nothing at all reads as. */
    public static Json read(byte[] text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonToken first = parser.nextToken();
            return first == null ? ABSENT : read(parser, first);
        }
    }

    private static Json read(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new Json(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json(parser.getDecimalValue());
            case VALUE_TRUE -> new Json(true);
            case VALUE_FALSE -> new Json(false);
            default -> ABSENT;
        };
    }

    private static Json object(JsonParser parser) throws IOException {
        Map<String, Json> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            fields.put(name, read(parser, parser.nextToken()));
        }
        return new Json(fields);
    }

    private static Json array(JsonParser parser) throws IOException {
        List<Json> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            items.add(read(parser, token));
        }
        return new Json(items);
    }

    /** A field of an object. */
    public Json at(String field) {
        return fields().getOrDefault(field, ABSENT);
    }

    @SuppressWarnings("unchecked") // the one place that fills a value puts nothing else there
    public Map<String, Json> fields() {
        return value instanceof Map ? (Map<String, Json>) value : Map.of();
    }

    @SuppressWarnings("unchecked")
    public List<Json> items() {
        return value instanceof List ? (List<Json>) value : List.of();
    }

    public boolean exists() {
        return value != null;
    }

    /** A text as it is, a number or truth value as written, else nothing. */
    public String text() {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value instanceof String || value instanceof Boolean ? value.toString() : "";
    }

    /** On one line, as in a difference. */
    public String compact() {
        return written(false);
    }

    /** Over many lines, as for people. */
    public String indented() {
        return written(true);
    }

    private String written(boolean indented) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            if (indented) {
                DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
                DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
                printer.indentArraysWith(indenter);
                printer.indentObjectsWith(indenter);
                generator.setPrettyPrinter(printer);
            }
            write(generator);
        } catch (IOException e) {
            throw new IllegalStateException("a string does not fail to be written to", e);
        }
        return text.toString();
    }

    private void write(JsonGenerator generator) throws IOException {
        switch (value) {
            case null -> generator.writeNull();
            case Map<?, ?> object -> {
                generator.writeStartObject();
                for (Map.Entry<String, Json> field : fields().entrySet()) {
                    generator.writeFieldName(field.getKey());
                    field.getValue().write(generator);
                }
                generator.writeEndObject();
            }
            case List<?> array -> {
                generator.writeStartArray();
                for (Json item : items()) {
                    item.write(generator);
                }
                generator.writeEndArray();
            }
            case BigDecimal number -> generator.writeNumber(number);
            case Boolean truth -> generator.writeBoolean(truth);
            default -> generator.writeString(value.toString());
        }
    }
}
