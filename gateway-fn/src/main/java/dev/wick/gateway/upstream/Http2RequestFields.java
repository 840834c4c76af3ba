package dev.wick.gateway.upstream;

import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * A request's head as Netty's encoder reads it: once, from the first field to the last. Confined to
 * a connection and used for one head after the other, so that nothing is copied.
 */
final class Http2RequestFields extends Http2Fields {

    private static final AsciiString METHOD = PseudoHeaderName.METHOD.value();
    private static final AsciiString SCHEME = PseudoHeaderName.SCHEME.value();
    private static final AsciiString AUTHORITY = PseudoHeaderName.AUTHORITY.value();
    private static final AsciiString PATH = PseudoHeaderName.PATH.value();
    private static final int PSEUDO = 4;

    private final Fields fields = new Fields();
    private RequestHead head = new RequestHead();

    Http2RequestFields of(RequestHead next) {
        head = next;
        return this;
    }

    @Override
    public Iterator<Map.Entry<CharSequence, CharSequence>> iterator() {
        fields.next = 0;
        fields.size = size();
        return fields;
    }

    @Override
    public int size() {
        return PSEUDO + head.headers().size();
    }

    /** The iterator, and the entry that it is at. */
    private final class Fields
            implements Iterator<Map.Entry<CharSequence, CharSequence>>,
                    Map.Entry<CharSequence, CharSequence> {

        private int next;
        private int size;
        private CharSequence name = "";
        private CharSequence value = "";

        @Override
        public boolean hasNext() {
            return next < size;
        }

        @Override
        public Map.Entry<CharSequence, CharSequence> next() {
            switch (next) {
                case 0 -> at(METHOD, head.method());
                case 1 -> at(SCHEME, head.scheme());
                case 2 -> at(AUTHORITY, head.authority());
                case 3 -> at(PATH, head.path());
                default -> {
                    if (next >= size) {
                        throw new NoSuchElementException();
                    }
                    Headers headers = head.headers();
                    at(headers.name(next - PSEUDO), headers.value(next - PSEUDO));
                }
            }
            next++;
            return this;
        }

        private void at(CharSequence fieldName, CharSequence fieldValue) {
            name = fieldName;
            value = fieldValue;
        }

        @Override
        public CharSequence getKey() {
            return name;
        }

        @Override
        public CharSequence getValue() {
            return value;
        }

        @Override
        public CharSequence setValue(CharSequence changed) {
            throw new UnsupportedOperationException();
        }
    }
}
