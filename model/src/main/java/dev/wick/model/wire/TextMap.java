package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An object whose fields have any names and hold texts, sorted by name. */
final class TextMap extends Type<Map<String, String>> {

    private final Type<String> of;

    TextMap(Type<String> of) {
        this.of = of;
    }

    @Override
    @Nullable Map<String, String> read(Reader in) {
        if (in.current() != JsonToken.START_OBJECT) {
            in.wrong(expected());
            return null;
        }
        Map<String, String> map = new TreeMap<>();
        boolean good = true;
        while (in.next() != JsonToken.END_OBJECT) {
            String field = in.text();
            in.findings().enter(field);
            in.next();
            String value = in.refused() ? null : of.read(in);
            good &= value != null;
            if (value != null && map.put(field, value) != null) {
                in.wrong("each field once");
            }
            in.findings().leave();
        }
        return good ? map : null;
    }

    @Override
    void write(Map<String, String> value, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (Map.Entry<String, String> entry : value.entrySet()) {
            out.writeFieldName(entry.getKey());
            of.write(entry.getValue(), out);
        }
        out.writeEndObject();
    }

    @Override
    void describe(SchemaWriter out) throws IOException {
        out.text("type", "object");
        out.open("additionalProperties");
        of.describe(out);
        out.close();
    }

    @Override
    String expected() {
        return "an object of texts";
    }

    @Override
    boolean isEmpty(Map<String, String> value) {
        return value.isEmpty();
    }
}
