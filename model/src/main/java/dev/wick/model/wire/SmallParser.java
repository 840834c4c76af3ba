package dev.wick.model.wire;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.JsonTokenId;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.Version;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What Jackson asks of a parser beyond what differs: everything here is said in terms of the
 * current token and its text.
 */
@SuppressWarnings("InlineMeSuggester") // what is deprecated is Jackson's to inline
abstract class SmallParser extends JsonParser {

    @Nullable JsonToken current;
    private @Nullable JsonToken cleared;
    private @Nullable ObjectCodec codec;

    @Override
    public @Nullable JsonToken nextValue() throws IOException {
        JsonToken next = nextToken();
        return next == JsonToken.FIELD_NAME ? nextToken() : next;
    }

    @Override
    public @Nullable JsonToken currentToken() {
        return current;
    }

    @Override
    @Deprecated
    public @Nullable JsonToken getCurrentToken() {
        return current;
    }

    @Override
    public int currentTokenId() {
        return current == null ? JsonTokenId.ID_NO_TOKEN : current.id();
    }

    @Override
    @Deprecated
    public int getCurrentTokenId() {
        return currentTokenId();
    }

    @Override
    public boolean hasCurrentToken() {
        return current != null;
    }

    @Override
    public boolean hasTokenId(int id) {
        return currentTokenId() == id;
    }

    @Override
    public boolean hasToken(JsonToken token) {
        return current == token;
    }

    @Override
    public void clearCurrentToken() {
        if (current != null) {
            cleared = current;
            current = null;
        }
    }

    @Override
    public @Nullable JsonToken getLastClearedToken() {
        return cleared;
    }

    @Override
    @Deprecated
    public @Nullable String getCurrentName() throws IOException {
        return currentName();
    }

    @Override
    @Deprecated
    public JsonLocation getCurrentLocation() {
        return currentLocation();
    }

    @Override
    @Deprecated
    public JsonLocation getTokenLocation() {
        return currentTokenLocation();
    }

    @Override
    public char[] getTextCharacters() throws IOException {
        return getText().toCharArray();
    }

    @Override
    public int getTextLength() throws IOException {
        return getText().length();
    }

    @Override
    public int getTextOffset() {
        return 0;
    }

    @Override
    public boolean hasTextCharacters() {
        return false;
    }

    @Override
    public Number getNumberValue() throws IOException {
        return current == JsonToken.VALUE_NUMBER_INT ? getBigIntegerValue() : getDecimalValue();
    }

    @Override
    public NumberType getNumberType() throws IOException {
        return current == JsonToken.VALUE_NUMBER_INT
                ? NumberType.BIG_INTEGER
                : NumberType.BIG_DECIMAL;
    }

    @Override
    public BigInteger getBigIntegerValue() throws IOException {
        return getDecimalValue().toBigInteger();
    }

    @Override
    public BigDecimal getDecimalValue() throws IOException {
        return new BigDecimal(number());
    }

    @Override
    public float getFloatValue() throws IOException {
        return Float.parseFloat(number());
    }

    @Override
    public double getDoubleValue() throws IOException {
        return Double.parseDouble(number());
    }

    @Override
    public long getLongValue() throws IOException {
        try {
            return Long.parseLong(number());
        } catch (NumberFormatException e) {
            throw _constructError("no whole number of 64 bits");
        }
    }

    @Override
    public int getIntValue() throws IOException {
        long value = getLongValue();
        if (value != (int) value) {
            throw _constructError("no whole number of 32 bits");
        }
        return (int) value;
    }

    private String number() throws IOException {
        if (current == null || !current.isNumeric()) {
            throw _constructError("no number");
        }
        return getText();
    }

    @Override
    public byte[] getBinaryValue(Base64Variant variant) throws IOException {
        try {
            return variant.decode(getText());
        } catch (IllegalArgumentException e) {
            throw _constructError("no Base64");
        }
    }

    @Override
    public @Nullable String getValueAsString(@Nullable String otherwise) throws IOException {
        return current == null || !current.isScalarValue() || current == JsonToken.VALUE_NULL
                ? current == JsonToken.FIELD_NAME ? currentName() : otherwise
                : getText();
    }

    @Override
    public @Nullable ObjectCodec getCodec() {
        return codec;
    }

    @Override
    public void setCodec(@Nullable ObjectCodec newCodec) {
        codec = newCodec;
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }
}
