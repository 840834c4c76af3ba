package dev.wick.gateway.codec;

import dev.wick.http.Headers;
import dev.wick.http.NameFormat;
import dev.wick.http.Spelling;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads heads, one after the other, from bytes that come in any pieces. Confined to the loop of its
 * workbench.
 *
 * <p>A head is read line by line. Nearly all arrive in one piece and are read in the workbench's
 * bytes; only what is left of a line that is not complete is carried over to the next piece, and
 * looked at again once its end has come, so that a head sent octet by octet costs no more than in
 * one piece. What is read is strict: whatever two parsers might read differently is refused.
 */
abstract sealed class HeadParser permits RequestParser, ResponseParser {

    private static final int STEP = 4096;

    private final Workbench bench;
    private final BodyReader body;

    private final HeadSize size = new HeadSize();
    private final LinePart carried = new LinePart();
    private boolean firstLineRead;
    private @Nullable Refusal refusal;

    private boolean complete;
    private boolean underscored;

    /** Null where names are not kept as they come. */
    private @Nullable NameFormat learning;

    /** What the current head says of its message and connection. */
    final Transfer transfer = new Transfer();

    HeadParser(Workbench bench) {
        this.bench = bench;
        this.body = new BodyReader(bench);
    }

    /** Reads the first line, in {@code bytes[start, end)} without its CRLF. */
    abstract @Nullable Refusal firstLine(byte[] bytes, int start, int end);

    /** The field {@code host}, or null where it was taken. */
    abstract @Nullable Refusal host(byte[] bytes, int start, int end);

    /** All lines are read: what is the framing, and is it plain? */
    abstract @Nullable Refusal complete(Headers headers, BodyReader body);

    /** True where an empty line before the first is passed over. */
    abstract boolean skipsEmptyLines();

    /** The fields of the head that is being read. */
    abstract Headers headers();

    /**
     * What a head and the trailers may have, in the place of Envoy's defaults.
     *
     * @param octets of names and values together
     */
    public final void limit(int octets, int mostHeaders) {
        size.limit(octets, mostHeaders);
        body.limit(octets, mostHeaders);
    }

    /** Keeps names as they come, where the format says so. */
    public final void names(NameFormat format) {
        learning = format.learns() ? format : null;
    }

    /** Whether reason phrases are kept. */
    final boolean keepsReason() {
        return learning != null && learning.reason();
    }

    /** The body of the message whose head was read last. */
    public final BodyReader body() {
        return body;
    }

    /**
     * Why the message is refused, or null. There is no way on from here but to close the
     * connection.
     */
    public final @Nullable Refusal refusal() {
        return refusal;
    }

    /**
     * A part of a head has come: the connection is not idle. An empty line before it is none, as
     * some clients send one behind a body (RFC 9112, 2.2).
     */
    public final boolean started() {
        return firstLineRead || carried.begins();
    }

    /** Nothing more will be read: lets go of what has come of a head. */
    public final void forget() {
        firstLineRead = false;
        size.end();
        carried.drop();
    }

    /** The last digit of HTTP/1.0 or 1.1. */
    public final int minorVersion() {
        return transfer.minorVersion;
    }

    /** Whether the name of a field has an underscore. */
    public final boolean underscored() {
        return underscored;
    }

    /** Whether the sender would keep the connection for another message. */
    public final boolean keepAlive() {
        return transfer.keepAlive();
    }

    /** What the message would upgrade to, as sent, or null. */
    public final @Nullable String upgrade() {
        return transfer.upgrade;
    }

    final Workbench bench() {
        return bench;
    }

    final boolean read(ByteBuf in) {
        if (!in.isReadable() || refusal != null) {
            return false;
        }
        if (carried.length() > 0 && in.bytesBefore(Octets.LF) < 0) {
            carry(in);
            return false;
        }
        if (!started()) {
            reset();
        }
        return readLines(in);
    }

    private void reset() {
        underscored = false;
        size.begin();
        transfer.reset();
        if (learning != null) {
            headers().spelling(new Spelling(learning.proper()));
        }
    }

    /** Keeps what has come of a line that has no end yet. */
    private void carry(ByteBuf in) {
        int more = in.readableBytes();
        if (size.exceeds(carried.length() + more)) {
            refuse(Refusal.HEAD_TOO_LARGE);
            in.skipBytes(more);
            return;
        }
        carried.add(in, more);
    }

    private boolean readLines(ByteBuf in) {
        int before = carried.length();
        int filled = before + Math.min(STEP, in.readableBytes());
        byte[] bytes = bench.bytes(filled, 0);
        carried.into(bytes);
        in.getBytes(in.readerIndex(), bytes, before, filled - before);
        int line = 0;
        while (refusal == null) {
            int next = line(bytes, line, filled);
            if (next > 0) {
                line = next;
                if (complete) {
                    in.skipBytes(line - before);
                    return finish(line);
                }
            } else if (next == 0 && filled - before < in.readableBytes()) {
                if (filled > size.mostRaw()) {
                    refuse(Refusal.HEAD_TOO_LARGE);
                    break;
                }
                int all = Math.min(before + in.readableBytes(), size.mostRaw() + STEP);
                bytes = bench.bytes(all, filled);
                in.getBytes(in.readerIndex() + filled - before, bytes, filled, all - filled);
                filled = all;
            } else {
                break;
            }
            if (size.exceeds(line)) {
                refuse(Refusal.HEAD_TOO_LARGE);
            }
        }
        in.skipBytes(in.readableBytes());
        carryRest(bytes, line, filled);
        return false;
    }

    private void carryRest(byte[] bytes, int line, int filled) {
        size.carryOn(line);
        int rest = filled - line;
        carried.clear();
        if (size.exceeds(rest)) {
            refuse(Refusal.HEAD_TOO_LARGE);
        } else if (rest > 0) {
            carried.add(bytes, line, rest);
        }
    }

    private boolean finish(int read) {
        if (size.exceedsWhole(read)) {
            refuse(Refusal.HEAD_TOO_LARGE);
            return false;
        }
        complete = false;
        firstLineRead = false;
        size.end();
        carried.drop();
        refuse(transfer.complete(headers()));
        if (refusal == null) {
            refuse(complete(headers(), body));
        }
        return refusal == null;
    }

    /** Where there is something to refuse; what was found first stays. */
    private void refuse(@Nullable Refusal why) {
        if (refusal == null) {
            refusal = why;
        }
    }

    /**
     * Reads one line.
     *
     * @return where the next begins; 0 where it is not complete; -1 where it is refused
     */
    private int line(byte[] bytes, int start, int filled) {
        if (start >= filled) {
            return 0;
        }
        if (bytes[start] == Octets.CR) {
            return emptyLine(bytes, start, filled);
        }
        if (!firstLineRead) {
            return startLine(bytes, start, filled);
        }
        return field(bytes, start, filled);
    }

    private int emptyLine(byte[] bytes, int start, int filled) {
        if (start + 1 >= filled) {
            return 0;
        }
        if (bytes[start + 1] != Octets.LF) {
            return refused(firstLineRead ? Refusal.FIELD_NAME : Refusal.REQUEST_LINE);
        }
        if (firstLineRead) {
            complete = true;
        } else if (!skipsEmptyLines()) {
            return refused(Refusal.STATUS_LINE);
        }
        return start + 2;
    }

    private int startLine(byte[] bytes, int start, int filled) {
        int end = start;
        while (end < filled && Octets.VALUE[bytes[end] & 0xff]) {
            end++;
        }
        if (end + 1 >= filled && (end >= filled || bytes[end] == Octets.CR)) {
            return 0;
        }
        if (bytes[end] != Octets.CR || bytes[end + 1] != Octets.LF) {
            return refused(skipsEmptyLines() ? Refusal.REQUEST_LINE : Refusal.STATUS_LINE);
        }
        size.startLine(end - start);
        firstLineRead = true;
        refuse(firstLine(bytes, start, end));
        return refusal == null ? end + 2 : -1;
    }

    private int field(byte[] bytes, int start, int filled) {
        int hash = 0;
        int i = start;
        while (i < filled) {
            int lower = Octets.TOKEN[bytes[i] & 0xff];
            if (lower == 0) {
                break;
            }
            hash = 31 * hash + lower;
            i++;
        }
        if (i >= filled) {
            return 0;
        }
        if (bytes[i] != ':' || i == start) {
            return refused(Refusal.FIELD_NAME);
        }
        int nameEnd = i++;
        while (i < filled && (bytes[i] == ' ' || bytes[i] == '\t')) {
            i++;
        }
        int valueStart = i;
        while (i < filled && Octets.VALUE[bytes[i] & 0xff]) {
            i++;
        }
        if (i + 1 >= filled && (i >= filled || bytes[i] == Octets.CR)) {
            return 0;
        }
        if (bytes[i] != Octets.CR || bytes[i + 1] != Octets.LF) {
            return refused(Refusal.FIELD_VALUE);
        }
        int valueEnd = i;
        while (valueEnd > valueStart
                && (bytes[valueEnd - 1] == ' ' || bytes[valueEnd - 1] == '\t')) {
            valueEnd--;
        }
        take(bytes, start, nameEnd, hash, valueStart, valueEnd);
        return refusal == null ? i + 2 : -1;
    }

    private int refused(Refusal why) {
        refuse(why);
        return -1;
    }

    private void take(
            byte[] bytes, int start, int nameEnd, int hash, int valueStart, int valueEnd) {
        if (!size.field(nameEnd - start + valueEnd - valueStart)) {
            refuse(Refusal.TOO_MANY_FIELDS);
            return;
        }
        Spelling spelling = learning == null ? null : headers().spelling();
        if (spelling != null) {
            spelling.learn(bench.values.value(bytes, start, nameEnd));
        }
        for (int i = start; i < nameEnd; i++) {
            bytes[i] = Octets.TOKEN[bytes[i] & 0xff];
        }
        int place = bench.names.find(bytes, start, nameEnd, hash);
        if (place < 0) {
            String name = text(bytes, start, nameEnd);
            underscored |= name.indexOf('_') >= 0;
            headers().add(name, bench.values.value(bytes, valueStart, valueEnd));
            return;
        }
        underscored |= bench.names.underscored(place);
        byte kind = bench.names.kind(place);
        if (kind == FieldNames.OTHER || special(kind, bytes, valueStart, valueEnd)) {
            headers().add(bench.names.name(place), bench.values.value(bytes, valueStart, valueEnd));
        }
    }

    private static String text(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /**
     * Returns true where the field stays among the headers, be it to be looked at once all are
     * read.
     */
    private boolean special(byte kind, byte[] bytes, int start, int end) {
        switch (kind) {
            case FieldNames.HOST -> refuse(host(bytes, start, end));
            case FieldNames.TRANSFER_ENCODING -> refuse(transfer.coding(bytes, start, end));
            case FieldNames.CONTENT_LENGTH -> {
                refuse(transfer.length(bytes, start, end));
                return true;
            }
            case FieldNames.EXPECT -> {
                transfer.expect(bytes, start, end);
                return true;
            }
            case FieldNames.CONNECTION -> {
                return transfer.connection(bytes, start, end);
            }
            default -> {
                transfer.hopByHop();
                return true;
            }
        }
        return false;
    }
}
