package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.wick.model.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** JSON, by Jackson's streaming parser. */
final class JsonTokens implements Tokens {

    /**
     * How deep values may be nested, and how long a scalar may be; what our shapes need is far
     * below both.
     */
    static final int DEPTH = 32;

    static final int SCALAR = 128 * 1024;

    static final int NAME = 1_000;
    static final int NUMBER = 100;

    static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEPTH)
                                    .maxStringLength(SCALAR)
                                    .maxNameLength(NAME)
                                    .maxNumberLength(NUMBER)
                                    .build())
                    .build();

    private final String source;
    private final JsonParser parser;

    JsonTokens(String source, JsonParser parser) {
        this.source = source;
        this.parser = parser;
    }

    @Override
    public @Nullable JsonToken next() {
        try {
            return parser.nextToken();
        } catch (StreamConstraintsException e) {
            throw tooLarge(e);
        } catch (JsonProcessingException e) {
            throw broken(e.getLocation(), sentence(e.getOriginalMessage()), "JSON");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WireException broken(@Nullable JsonLocation at, String value, String expected) {
        String place = at == null ? source : source + ":" + at.getLineNr() + ":" + at.getColumnNr();
        return new WireException(new Problem(place, "", value, expected));
    }

    private WireException tooLarge(StreamConstraintsException e) {
        boolean deep = e.getOriginalMessage().contains("nesting depth");
        String limit =
                deep
                        ? "values nested at most " + DEPTH + " deep"
                        : "texts of at most "
                                + SCALAR
                                + " characters, numbers of at most 100, names of at most 1000";
        // How far into what is too large the parser has read depends on the buffers that it reuses.
        return deep
                ? broken(parser.currentLocation(), "nested deeper", limit)
                : broken(parser.currentTokenLocation(), "too large", limit);
    }

    private static String sentence(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    @Override
    public String text() {
        try {
            String text = parser.getText();
            return text == null ? "" : text;
        } catch (StreamConstraintsException e) {
            throw tooLarge(e);
        } catch (JsonProcessingException e) {
            throw broken(e.getLocation(), sentence(e.getOriginalMessage()), "JSON");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public @Nullable String refusal() {
        return null;
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public int line() {
        return parser.currentTokenLocation().getLineNr();
    }
}
