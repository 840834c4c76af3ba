package dev.wick.gateway.codec;

import dev.wick.http.Headers;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of one message after the other, from bytes that come in any pieces, without
 * copying it. Confined to the loop of its workbench.
 */
public final class BodyReader {

    private enum State {
        DONE,
        LENGTH,
        UNTIL_CLOSE,
        SIZE_START,
        SIZE,
        EXTENSION,
        SIZE_LINE_FEED,
        DATA,
        DATA_RETURN,
        DATA_LINE_FEED,
        TRAILERS,
        REFUSED
    }

    /** Longer extensions are an attack, not an extension. */
    private static final int MOST_EXTENSION = 1024;

    private static final int MOST_SIZE_DIGITS = 15;

    private final Workbench bench;
    private State state = State.DONE;
    private long left;
    private int digits;
    private int extension;
    private int mostOctets = HeadSize.MOST_OCTETS;
    private int mostTrailers = HeadSize.MOST_FIELDS;
    private @Nullable TrailerReader trailers;
    private @Nullable Refusal refusal;

    BodyReader(Workbench bench) {
        this.bench = bench;
    }

    void limit(int octets, int most) {
        mostOctets = octets;
        mostTrailers = most;
    }

    void length(long length) {
        left = length;
        state = length == 0 ? State.DONE : State.LENGTH;
        trailers = null;
    }

    void chunked() {
        state = State.SIZE_START;
        trailers = null;
    }

    void untilClose() {
        state = State.UNTIL_CLOSE;
        trailers = null;
    }

    /** Whether the body is complete. */
    public boolean done() {
        return state == State.DONE;
    }

    /** Whether the body ends with the connection. */
    public boolean endsWithConnection() {
        return state == State.UNTIL_CLOSE;
    }

    /** Why the body is refused, or null. */
    public @Nullable Refusal refusal() {
        return refusal;
    }

    /** The trailers of a complete body, or null where there are none. */
    public @Nullable Headers trailers() {
        return trailers == null ? null : trailers.fields();
    }

    /**
     * Reads on in the body.
     *
     * @param in what is read is skipped; what follows the body is left
     * @return a run of the body, of which the caller becomes the owner; null where {@code in} holds
     *     no more of it
     */
    public @Nullable ByteBuf read(ByteBuf in) {
        while (in.isReadable()) {
            switch (state) {
                case DONE, REFUSED -> {
                    return null;
                }
                case UNTIL_CLOSE -> {
                    return in.readRetainedSlice(in.readableBytes());
                }
                case LENGTH -> {
                    return run(in, State.DONE);
                }
                case DATA -> {
                    return run(in, State.DATA_RETURN);
                }
                case TRAILERS -> readTrailers(in);
                default -> frame(in.readByte());
            }
        }
        return null;
    }

    private ByteBuf run(ByteBuf in, State after) {
        int length = (int) Math.min(left, in.readableBytes());
        left -= length;
        if (left == 0) {
            state = after;
        }
        return in.readRetainedSlice(length);
    }

    /** One octet of what stands around the data of a chunk. */
    private void frame(byte octet) {
        switch (state) {
            case SIZE_START -> {
                left = 0;
                digits = 0;
                extension = 0;
                size(octet);
            }
            case SIZE -> size(octet);
            case EXTENSION -> extension(octet);
            case SIZE_LINE_FEED ->
                    expect(octet == Octets.LF, left == 0 ? State.TRAILERS : State.DATA);
            case DATA_RETURN -> expect(octet == Octets.CR, State.DATA_LINE_FEED);
            default -> expect(octet == Octets.LF, State.SIZE_START);
        }
    }

    private void size(byte octet) {
        int digit = Character.digit(octet, 16);
        if (digit >= 0) {
            left = left << 4 | digit;
            state = State.SIZE;
            expect(++digits <= MOST_SIZE_DIGITS, State.SIZE);
        } else if (octet == Octets.CR) {
            expect(digits > 0, State.SIZE_LINE_FEED);
        } else {
            expect(digits > 0 && octet == ';', State.EXTENSION);
        }
    }

    private void extension(byte octet) {
        if (octet == Octets.CR) {
            state = State.SIZE_LINE_FEED;
        } else {
            expect(Octets.VALUE[octet & 0xff] && ++extension <= MOST_EXTENSION, State.EXTENSION);
        }
    }

    private void expect(boolean met, State next) {
        if (met) {
            state = next;
        } else {
            refuse(Refusal.CHUNK);
        }
    }

    private void readTrailers(ByteBuf in) {
        if (trailers == null) {
            trailers = new TrailerReader(bench, mostOctets, mostTrailers);
        }
        if (trailers.read(in)) {
            state = State.DONE;
        } else if (trailers.refusal() != null) {
            refuse(trailers.refusal());
        }
    }

    private void refuse(@Nullable Refusal why) {
        refusal = why;
        state = State.REFUSED;
    }
}
