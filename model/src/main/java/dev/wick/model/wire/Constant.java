package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One text and no other. */
final class Constant extends Type<String> {

    private final String text;

    Constant(String text) {
        this.text = text;
    }

    @Override
    @Nullable String read(Reader in) {
        if (in.current() == JsonToken.VALUE_STRING && in.text().equals(text)) {
            return text;
        }
        in.wrong(text);
        return null;
    }

    @Override
    void write(String value, JsonGenerator out) throws IOException {
        out.writeString(text);
    }

    @Override
    void describe(SchemaWriter out) throws IOException {
        out.text("const", text);
    }

    @Override
    String expected() {
        return text;
    }
}
