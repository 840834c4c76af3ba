package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A text and what it must be beyond its length is said by {@code expected}. */
final class Text extends Type<String> {
    private final int least;
    private final int most;
    private final @Nullable String pattern;
    private final @Nullable String expected;
    private final boolean secret;

    /** Of the pattern; made when a text is checked for the first time, which no instance does. */
    private volatile @Nullable Pattern compiled;

    Text(int least, int most, @Nullable String pattern, @Nullable String expected, boolean secret) {
        this.least = least;
        this.most = most;
        this.pattern = pattern;
        this.expected = expected;
        this.secret = secret;
    }

    boolean isSecret() {
        return secret;
    }

    @Override
    @Nullable String read(Reader in) {
        if (in.current() != JsonToken.VALUE_STRING) {
            boolean scalar = in.current().isScalarValue() && in.current() != JsonToken.VALUE_NULL;
            in.wrong(scalar ? expected() + ", in quotes" : expected());
            return null;
        }
        String text = in.text();
        if (text.length() < least || text.length() > most || !isUnicode(text)) {
            in.wrong(expected());
            return null;
        }
        if (pattern != null && in.checked() && !isLike(text, pattern)) {
            in.suspect(expected());
        }
        return text;
    }

    /**
     * As JSON Schema has it: somewhere in the text, unless the pattern is anchored. To Java {@code
     * $} is before a last line break too, and a whole match is not.
     */
    private boolean isLike(String text, String described) {
        Pattern like = compiled;
        if (like == null) {
            like = Pattern.compile(described);
            compiled = like;
        }
        boolean whole = described.startsWith("^") && described.endsWith("$");
        return whole ? like.matcher(text).matches() : like.matcher(text).find();
    }

    /** No half of a pair of surrogates, which no encoding could write. */
    static boolean isUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(
                        text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 'x')) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    @Override
    void write(String value, JsonGenerator out) throws IOException {
        out.writeString(value);
    }

    @Override
    void tell(String value, Telling out) {
        if (secret) {
            out.words("(redacted)");
        } else {
            super.tell(value, out);
        }
    }

    @Override
    void describe(SchemaWriter out) throws IOException {
        out.text("type", "string");
        if (least > 0) {
            out.number("minLength", least);
        }
        out.number("maxLength", most);
        if (pattern != null) {
            out.text("pattern", pattern);
        }
        if (secret) {
            out.truth("writeOnly", true);
        }
    }

    @Override
    String expected() {
        return expected == null ? "text of " + least + "-" + most + " characters" : expected;
    }
}
