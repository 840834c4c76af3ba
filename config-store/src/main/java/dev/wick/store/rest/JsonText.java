package dev.wick.store.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes bodies, field by field. */
final class JsonText {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    /** What stands in a body. */
    interface Content {
        void write(JsonGenerator out) throws IOException;
    }

    /** An object with this content. */
    static byte[] object(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            out.writeStartObject();
            content.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A list in the field {@code name}. */
    static <T> void list(JsonGenerator out, String name, Iterable<T> all, Element<T> element)
            throws IOException {
        out.writeArrayFieldStart(name);
        for (T one : all) {
            element.write(out, one);
        }
        out.writeEndArray();
    }

    /** How one element of a list is written. */
    interface Element<T> {
        void write(JsonGenerator out, T one) throws IOException;
    }

    /** What is JSON already. */
    static void raw(JsonGenerator out, byte[] json) throws IOException {
        out.writeRawValue(new String(json, StandardCharsets.UTF_8));
    }
}
