package dev.wick.e2e.harness;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads HTTP/1.1 messages off a socket, without opinion: what came is what is shown. */
final class Wire {

    private Wire() {}

    /** A line without its CRLF; null at the end of the stream. */
    static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet == '\n') {
                String text = line.toString(StandardCharsets.ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            line.write(octet);
        }
        if (line.size() > 0) {
            throw new EOFException("ended within: " + line);
        }
        return null;
    }

    /** The fields up to and with the empty line. */
    static List<Field> fields(InputStream in) throws IOException {
        List<Field> fields = new ArrayList<>();
        for (String line = line(in); line == null || !line.isEmpty(); line = line(in)) {
            if (line == null) {
                throw new EOFException("ended within the fields " + fields);
            }
            int colon = line.indexOf(':');
            fields.add(new Field(line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return fields;
    }

    static @Nullable String value(List<Field> fields, String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.value();
            }
        }
        return null;
    }

    static InputStream ofLength(InputStream in, long length) {
        return new FilterInputStream(in) {
            private long left = length;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int count) throws IOException {
                if (left == 0 || count == 0) {
                    return count == 0 ? 0 : -1;
                }
                int read = in.read(bytes, offset, (int) Math.min(left, count));
                if (read < 0) {
                    throw new EOFException(left + " bytes of the body are missing");
                }
                left -= read;
                return read;
            }

            @Override
            public void close() {}
        };
    }

    /** Decodes chunks; the trailers go to {@code trailers} once the end was read. */
    static InputStream chunks(InputStream in, List<Field> trailers) {
        return new FilterInputStream(in) {
            private long left;
            private boolean first = true;
            private boolean ended;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int count) throws IOException {
                if (count == 0) {
                    return 0;
                }
                if (!ended && left == 0) {
                    next();
                }
                if (ended) {
                    return -1;
                }
                int read = in.read(bytes, offset, (int) Math.min(left, count));
                if (read < 0) {
                    throw new EOFException(left + " bytes of a chunk are missing");
                }
                left -= read;
                return read;
            }

            private void next() throws IOException {
                if (!first && !"".equals(line(in))) {
                    throw new IOException("no CRLF after a chunk");
                }
                first = false;
                String size = line(in);
                if (size == null) {
                    throw new EOFException("ended before the last chunk");
                }
                int semicolon = size.indexOf(';');
                left = Long.parseLong(semicolon < 0 ? size : size.substring(0, semicolon), 16);
                if (left == 0) {
                    ended = true;
                    trailers.addAll(fields(in));
                }
            }

            @Override
            public void close() {}
        };
    }
}
