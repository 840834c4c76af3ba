package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The name of a document: its own, by which problems call it once it was read, or another's. */
final class Name extends Type<String> {

    private static final String EXPECTED = "1-253 characters of a-z A-Z 0-9 . _ -";

    /** These mean something else in a path, and could not be asked for. */
    private static final String DOTS = EXPECTED + ", not . or ..";

    private final Type<String> text =
            Types.text(1, 253, "^(?!\\.{1,2}$)[A-Za-z0-9._-]+$", EXPECTED);
    private final boolean own;

    Name(boolean own) {
        this.own = own;
    }

    @Override
    @Nullable String read(Reader in) {
        String name = text.read(in);
        if (name == null) {
            return null;
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isAllowed(name.charAt(i))) {
                in.wrong(EXPECTED);
                return null;
            }
        }
        if (name.equals(".") || name.equals("..")) {
            in.wrong(DOTS);
            return null;
        }
        if (own) {
            in.isNamed(name);
        }
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
        text.write(value, out);
    }

    @Override
    void describe(SchemaWriter out) throws IOException {
        text.describe(out);
    }

    @Override
    String expected() {
        return EXPECTED;
    }
}
