package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A document's own name: a text by which problems call the document once it was read. */
final class DocumentName extends Type<String> {

    private final Type<String> as;

    DocumentName(Type<String> as) {
        this.as = as;
    }

    @Override
    @Nullable String read(Reader in) {
        String name = as.read(in);
        if (name == null) {
            return null;
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isAllowed(name.charAt(i))) {
                in.wrong(expected());
                return null;
            }
        }
        in.isNamed(name);
        return name;
    }

    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }

    @Override
    void write(String value, JsonGenerator out) throws IOException {
        as.write(value, out);
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
