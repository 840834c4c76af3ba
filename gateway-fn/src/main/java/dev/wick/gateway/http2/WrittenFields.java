package dev.wick.gateway.http2;

import dev.wick.gateway.codec.FieldTexts;
import dev.wick.gateway.codec.TrailerNames;
import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A head or trailers as Netty's encoder reads them: from the first field to the last, twice. What
 * they were taken from may change then. Confined to its loop and used for one block after the
 * other, so that none is made for each.
 */
public final class WrittenFields extends Fields {

    private static final CharSequence METHOD = PseudoHeaderName.METHOD.value();
    private static final CharSequence SCHEME = PseudoHeaderName.SCHEME.value();
    private static final CharSequence AUTHORITY = PseudoHeaderName.AUTHORITY.value();
    private static final CharSequence PATH = PseudoHeaderName.PATH.value();
    private static final CharSequence STATUS = PseudoHeaderName.STATUS.value();

    private static final int LEAST_CODE = 100;
    private static final int MOST_CODE = 599;
    private static final AsciiString[] CODES = new AsciiString[MOST_CODE + 1];

    private final FieldTexts texts;
    private final Cursor cursor = new Cursor();

    /** Name, value, name, value. */
    private CharSequence[] fields = new CharSequence[16];

    private int length;
    private @Nullable CharSequence status;

    public WrittenFields(FieldTexts texts) {
        this.texts = texts;
    }

    /** A request's head. */
    public Http2Headers request(RequestHead head) {
        clear();
        add(METHOD, texts.text(head.method()));
        add(SCHEME, texts.text(head.scheme()));
        add(AUTHORITY, texts.text(head.authority()));
        add(PATH, texts.text(head.path()));
        return trailing(head.headers());
    }

    /**
     * A response's head.
     *
     * @param code 100-999
     */
    public Http2Headers response(int code, Headers headers) {
        clear();
        CharSequence text = text(code);
        status = text;
        add(STATUS, text);
        return trailing(headers);
    }

    /** What follows a body, as far as it may. */
    public Http2Headers trailers(Headers headers) {
        clear();
        for (int i = 0; i < headers.size(); i++) {
            if (TrailerNames.allowed(headers.name(i))) {
                add(texts.text(headers.name(i)), texts.text(headers.value(i)));
            }
        }
        return this;
    }

    private Http2Headers trailing(Headers headers) {
        for (int i = 0; i < headers.size(); i++) {
            add(texts.text(headers.name(i)), texts.text(headers.value(i)));
        }
        return this;
    }

    @Override
    public Http2Headers clear() {
        length = 0;
        status = null;
        return this;
    }

    @Override
    public Http2Headers add(CharSequence name, CharSequence value) {
        if (length == fields.length) {
            fields = Arrays.copyOf(fields, 2 * length);
        }
        fields[length] = name;
        fields[length + 1] = value;
        length += 2;
        return this;
    }

    /** Made at first use; two threads that make the same one make equal ones. */
    private static CharSequence text(int code) {
        if (code < LEAST_CODE || code > MOST_CODE) {
            return Integer.toString(code);
        }
        AsciiString text = CODES[code];
        if (text == null) {
            text = new AsciiString(Integer.toString(code));
            CODES[code] = text;
        }
        return text;
    }

    @Override
    public @Nullable CharSequence status() {
        return status;
    }

    @Override
    public int size() {
        return length / 2;
    }

    @Override
    public Iterator<Map.Entry<CharSequence, CharSequence>> iterator() {
        cursor.next = 0;
        return cursor;
    }

    /** The iterator, and the entry that it is at. */
    private final class Cursor
            implements Iterator<Map.Entry<CharSequence, CharSequence>>,
                    Map.Entry<CharSequence, CharSequence> {

        private int next;

        @Override
        public boolean hasNext() {
            return next < length;
        }

        @Override
        public Map.Entry<CharSequence, CharSequence> next() {
            if (next >= length) {
                throw new NoSuchElementException();
            }
            next += 2;
            return this;
        }

        @Override
        public CharSequence getKey() {
            return fields[next - 2];
        }

        @Override
        public CharSequence getValue() {
            return fields[next - 1];
        }

        @Override
        public CharSequence setValue(CharSequence changed) {
            throw new UnsupportedOperationException();
        }
    }
}
