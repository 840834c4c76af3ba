package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON Schema keywords, and remembers the shapes that were referred to until they are
 * defined.
 */
final class SchemaWriter {

    private final JsonGenerator out;
    private final Set<String> named = new HashSet<>();
    private final Queue<Shape<?>> undefined = new ArrayDeque<>();

    SchemaWriter(JsonGenerator out) {
        this.out = out;
    }

    void text(String keyword, String value) throws IOException {
        out.writeStringField(keyword, value);
    }

    void number(String keyword, long value) throws IOException {
        out.writeNumberField(keyword, value);
    }

    void truth(String keyword, boolean value) throws IOException {
        out.writeBooleanField(keyword, value);
    }

    void texts(String keyword, Collection<String> values) throws IOException {
        out.writeArrayFieldStart(keyword);
        for (String value : values) {
            out.writeString(value);
        }
        out.writeEndArray();
    }

    void numbers(String keyword, int... values) throws IOException {
        out.writeArrayFieldStart(keyword);
        for (int value : values) {
            out.writeNumber(value);
        }
        out.writeEndArray();
    }

    void open(String keyword) throws IOException {
        out.writeObjectFieldStart(keyword);
    }

    void open() throws IOException {
        out.writeStartObject();
    }

    void close() throws IOException {
        out.writeEndObject();
    }

    void openList(String keyword) throws IOException {
        out.writeArrayFieldStart(keyword);
    }

    void closeList() throws IOException {
        out.writeEndArray();
    }

    /** Writes a value in the form that documents have it. */
    <T> void value(String keyword, Type<T> type, T value) throws IOException {
        out.writeFieldName(keyword);
        type.write(value, out);
    }

    /** Refers to a shape, which is to be defined later. */
    void refer(Shape<?> shape) throws IOException {
        text("$ref", "#/$defs/" + shape.name());
        if (named.add(shape.name())) {
            undefined.add(shape);
        }
    }

    /** A shape that was referred to and is not defined yet. */
    @Nullable Shape<?> nextUndefined() {
        return undefined.poll();
    }
}
