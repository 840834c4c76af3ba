package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.ContentReference;
import com.fasterxml.jackson.core.json.JsonReadContext;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Jackson's streaming parser over bytes in memory, for an instance on its way to its first byte:
 * Jackson's own prepares {@code java.math.BigDecimal}, whose class works out tables for 10 ms when
 * it is first touched (seen on JDK 25, with an AOT cache too). Our texts have no such numbers. The
 * grammar is JSON's and nothing beside it; tests hold the tokens to those of Jackson's parser. Used
 * by one thread.
 */
final class BytesParser extends SmallParser {

    private final JsonBytes bytes;
    private JsonReadContext context = JsonReadContext.createRootContext(null);

    /** Of the name, text or number that is current; otherwise of none. */
    private String text = "";

    private int tokenOffset;
    private int tokenLine = 1;
    private int tokenColumn = 1;
    private boolean closed;

    BytesParser(byte[] bytes) {
        this.bytes = new JsonBytes(bytes);
    }

    @Override
    public @Nullable JsonToken nextToken() throws IOException {
        if (closed) {
            current = null;
            return null;
        }
        try {
            current = current == JsonToken.FIELD_NAME ? value(bytes.peek()) : next(bytes.peek());
            return current;
        } catch (JsonBytes.Broken e) {
            throw broken(e.getMessage());
        }
    }

    private JsonParseException broken(@Nullable String message) {
        return new JsonParseException(this, message, currentLocation());
    }

    private @Nullable JsonToken next(int first) throws IOException, JsonBytes.Broken {
        int c = first;
        if (c < 0) {
            if (!context.inRoot()) {
                throw new JsonBytes.Broken("unexpected end");
            }
            closed = true;
            return null;
        }
        if (c == ']' || c == '}') {
            return close(c);
        }
        if (context.expectComma()) {
            if (c != ',') {
                throw new JsonBytes.Broken("unexpected character, a comma or the end was expected");
            }
            bytes.step();
            c = bytes.peek();
        }
        return context.inObject() ? name(c) : value(c);
    }

    private JsonToken close(int c) throws JsonBytes.Broken {
        JsonReadContext parent = context.getParent();
        if (parent == null || (c == '}') != context.inObject()) {
            throw new JsonBytes.Broken("unexpected bracket");
        }
        begin();
        bytes.step();
        context = parent;
        return c == '}' ? JsonToken.END_OBJECT : JsonToken.END_ARRAY;
    }

    private JsonToken name(int c) throws IOException, JsonBytes.Broken {
        if (c != '"') {
            throw new JsonBytes.Broken("unexpected character, the name of a field was expected");
        }
        begin();
        text = bytes.text();
        if (text.length() > JsonTokens.NAME) {
            throw new StreamConstraintsException("name length");
        }
        context.setCurrentName(text);
        if (bytes.peek() != ':') {
            throw new JsonBytes.Broken("unexpected character, a colon was expected");
        }
        bytes.step();
        return JsonToken.FIELD_NAME;
    }

    private JsonToken value(int c) throws IOException, JsonBytes.Broken {
        begin();
        return switch (c) {
            case '{', '[' -> open(c);
            case '"' -> string();
            case 't' -> word("true", JsonToken.VALUE_TRUE);
            case 'f' -> word("false", JsonToken.VALUE_FALSE);
            case 'n' -> word("null", JsonToken.VALUE_NULL);
            default -> number(c);
        };
    }

    private JsonToken string() throws IOException, JsonBytes.Broken {
        text = bytes.text();
        limit(JsonTokens.SCALAR);
        return JsonToken.VALUE_STRING;
    }

    private JsonToken word(String word, JsonToken token) throws JsonBytes.Broken {
        bytes.word(word);
        return token;
    }

    private JsonToken open(int c) throws IOException {
        bytes.step();
        if (context.getNestingDepth() >= JsonTokens.DEPTH) {
            throw new StreamConstraintsException("nesting depth");
        }
        if (c == '{') {
            context = context.createChildObjectContext(tokenLine, tokenColumn);
            return JsonToken.START_OBJECT;
        }
        context = context.createChildArrayContext(tokenLine, tokenColumn);
        return JsonToken.START_ARRAY;
    }

    private JsonToken number(int c) throws IOException, JsonBytes.Broken {
        if (c != '-' && (c < '0' || c > '9')) {
            throw new JsonBytes.Broken(
                    c < 0 ? "unexpected end" : "unexpected character, a value was expected");
        }
        text = bytes.number();
        limit(JsonTokens.NUMBER);
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit == '.' || digit == 'e' || digit == 'E') {
                return JsonToken.VALUE_NUMBER_FLOAT;
            }
        }
        return JsonToken.VALUE_NUMBER_INT;
    }

    private void limit(int most) throws StreamConstraintsException {
        if (text.length() > most) {
            throw new StreamConstraintsException("length");
        }
    }

    private void begin() {
        tokenOffset = bytes.offset();
        tokenLine = bytes.line();
        tokenColumn = bytes.column();
    }

    @Override
    public void overrideCurrentName(String name) {
        try {
            context.setCurrentName(name);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    e); // only a detector of duplicates would, and there is none
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public JsonParser skipChildren() throws IOException {
        if (current == JsonToken.START_OBJECT || current == JsonToken.START_ARRAY) {
            int outside = context.getNestingDepth() - 1;
            boolean more = true;
            while (more && context.getNestingDepth() > outside) {
                more = nextToken() != null;
            }
        }
        return this;
    }

    @Override
    public String getText() {
        if (current == null) {
            return "";
        }
        String fixed = current.asString();
        return fixed == null ? text : fixed;
    }

    @Override
    public @Nullable String currentName() {
        boolean opens = current == JsonToken.START_OBJECT || current == JsonToken.START_ARRAY;
        JsonReadContext parent = opens ? context.getParent() : null;
        return parent == null ? context.getCurrentName() : parent.getCurrentName();
    }

    @Override
    public JsonStreamContext getParsingContext() {
        return context;
    }

    @Override
    public JsonLocation currentLocation() {
        return location(bytes.offset(), bytes.line(), bytes.column());
    }

    @Override
    public JsonLocation currentTokenLocation() {
        return location(tokenOffset, tokenLine, tokenColumn);
    }

    private static JsonLocation location(int offset, int line, int column) {
        return new JsonLocation(ContentReference.unknown(), offset, -1L, line, column);
    }
}
