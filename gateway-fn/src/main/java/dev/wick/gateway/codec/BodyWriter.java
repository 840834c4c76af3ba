package dev.wick.gateway.codec;

import dev.wick.http.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes the body of one message after the other, framed as {@link HeadWriter} decided, and holds
 * it to the length that the head declared. Confined to the loop of its connection.
 */
public final class BodyWriter {

    /** Where the bytes go. */
    public interface Sink {

        /** Becomes the owner of the bytes. */
        void write(ByteBuf bytes);
    }

    private enum Framing {
        LENGTH,
        CHUNKED,
        UNTIL_CLOSE
    }

    /** Chunks up to here are copied behind their size, which costs less than three buffers. */
    private static final int COPIED = 1024;

    private static final int AROUND_DATA = 12;
    private static final ByteBuf CRLF = constant("\r\n");
    private static final ByteBuf LAST = constant("0\r\n\r\n");
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private Framing framing = Framing.LENGTH;
    private long left;

    void length(long length) {
        framing = Framing.LENGTH;
        left = length;
    }

    void chunked() {
        framing = Framing.CHUNKED;
    }

    void untilClose() {
        framing = Framing.UNTIL_CLOSE;
    }

    /** Whether only the end of the connection will end the body. */
    public boolean endsWithConnection() {
        return framing == Framing.UNTIL_CLOSE;
    }

    /**
     * Writes a part of the body, of which it becomes the owner.
     *
     * @return false where that is more than the head declared: nothing was written, and the
     *     connection can only be closed
     */
    public boolean write(ByteBuf data, ByteBufAllocator allocator, Sink sink) {
        int length = data.readableBytes();
        if (length == 0) {
            data.release();
            return true;
        }
        switch (framing) {
            case LENGTH -> {
                left -= length;
                if (left < 0) {
                    data.release();
                    return false;
                }
                sink.write(data);
            }
            case UNTIL_CLOSE -> sink.write(data);
            case CHUNKED -> chunk(data, length, allocator, sink);
        }
        return true;
    }

    private static void chunk(ByteBuf data, int length, ByteBufAllocator allocator, Sink sink) {
        if (length <= COPIED) {
            ByteBuf chunk = allocator.directBuffer(length + AROUND_DATA);
            size(chunk, length);
            chunk.writeBytes(data);
            data.release();
            chunk.writeShort('\r' << 8 | '\n');
            sink.write(chunk);
        } else {
            ByteBuf size = allocator.directBuffer(AROUND_DATA);
            size(size, length);
            sink.write(size);
            sink.write(data);
            sink.write(CRLF.duplicate());
        }
    }

    private static void size(ByteBuf out, int length) {
        int shift = (31 - Integer.numberOfLeadingZeros(length)) & ~3;
        while (shift >= 0) {
            out.writeByte(HEX[length >>> shift & 15]);
            shift -= 4;
        }
        out.writeShort('\r' << 8 | '\n');
    }

    /**
     * The body is complete.
     *
     * @param trailers null where there are none; they need chunks, and are dropped otherwise
     * @return false where that is less than the head declared: the connection can only be closed
     */
    public boolean end(@Nullable Headers trailers, Sink sink) {
        if (framing == Framing.CHUNKED) {
            sink.write(
                    trailers == null || trailers.size() == 0 ? LAST.duplicate() : last(trailers));
        }
        return framing != Framing.LENGTH || left == 0;
    }

    private static ByteBuf last(Headers trailers) {
        StringBuilder last = new StringBuilder("0\r\n");
        for (int i = 0; i < trailers.size(); i++) {
            // HTTP/2 clients may have sent any; whoever reads HTTP/1 need not know the rule.
            if (TrailerNames.allowed(trailers.name(i))) {
                last.append(trailers.name(i)).append(": ").append(trailers.value(i)).append("\r\n");
            }
        }
        last.append("\r\n");
        return Unpooled.wrappedBuffer(last.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static ByteBuf constant(String text) {
        ByteBuf bytes = Unpooled.directBuffer(text.length());
        bytes.writeCharSequence(text, StandardCharsets.US_ASCII);
        return Unpooled.unreleasableBuffer(bytes.asReadOnly());
    }
}
