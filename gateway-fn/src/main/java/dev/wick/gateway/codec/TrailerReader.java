package dev.wick.gateway.codec;

import dev.wick.http.Headers;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the trailers of one chunked body, as strictly as a head. They are rare: it is made for one
 * body and dropped.
 */
final class TrailerReader {

    private static final byte[] NOTHING = new byte[0];

    private final Workbench bench;
    private final int mostOctets;
    private final int mostFields;
    private byte[] line = NOTHING;
    private int lineLength;
    private int octets;
    private @Nullable Headers fields;
    private @Nullable Refusal refusal;

    /**
     * @param mostOctets of all lines
     */
    TrailerReader(Workbench bench, int mostOctets, int mostFields) {
        this.bench = bench;
        this.mostOctets = mostOctets;
        this.mostFields = mostFields;
    }

    @Nullable Refusal refusal() {
        return refusal;
    }

    @Nullable Headers fields() {
        return fields;
    }

    /** Returns true when the empty line after the last field was read. */
    boolean read(ByteBuf in) {
        while (in.isReadable() && refusal == null) {
            int length = in.bytesBefore(Octets.LF);
            int take = length < 0 ? in.readableBytes() : length + 1;
            octets += take;
            if (octets > mostOctets) {
                refusal = Refusal.TRAILERS_TOO_LARGE;
                return false;
            }
            if (line.length < lineLength + take) {
                line = Arrays.copyOf(line, Math.max(lineLength + take, 2 * line.length));
            }
            in.readBytes(line, lineLength, take);
            lineLength += take;
            if (length >= 0 && endOfLine()) {
                return true;
            }
        }
        return false;
    }

    private boolean endOfLine() {
        int end = lineLength - 2;
        lineLength = 0;
        if (end < 0 || line[end] != Octets.CR) {
            refusal = Refusal.TRAILER;
            return false;
        }
        if (end == 0) {
            return true;
        }
        refusal = field(end);
        return false;
    }

    private @Nullable Refusal field(int end) {
        int nameEnd = 0;
        while (nameEnd < end && Octets.TOKEN[line[nameEnd] & 0xff] != 0) {
            nameEnd++;
        }
        if (nameEnd == 0 || nameEnd == end || line[nameEnd] != ':') {
            return Refusal.TRAILER;
        }
        for (int i = nameEnd + 1; i < end; i++) {
            if (!Octets.VALUE[line[i] & 0xff]) {
                return Refusal.TRAILER;
            }
        }
        if (fields == null) {
            fields = new Headers();
        } else if (fields.size() == mostFields) {
            return Refusal.TRAILERS_TOO_LARGE;
        }
        String name =
                new String(line, 0, nameEnd, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        if (TrailerNames.allowed(name)) {
            fields.add(name, value(nameEnd + 1, end));
        }
        return null;
    }

    private String value(int from, int to) {
        int start = from;
        int end = to;
        while (start < end && blank(line[start])) {
            start++;
        }
        while (end > start && blank(line[end - 1])) {
            end--;
        }
        return bench.values.value(line, start, end);
    }

    private static boolean blank(byte octet) {
        return octet == ' ' || octet == '\t';
    }
}
