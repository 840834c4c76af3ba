package dev.wick.gateway.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a body that have come and cannot go on yet. Small ones are copied together: each would
 * hold on to the whole buffer that it was read into, and a body that comes octet by octet would
 * take a hundred times its length. Confined to one loop.
 */
public final class KeptParts {

    private static final int SMALL = 1_024;
    private static final int CHUNK = 16_384;

    private final ArrayDeque<ByteBuf> parts = new ArrayDeque<>(0);

    /** A chunk at the end of the parts that may have room; null: there is none. */
    private @Nullable ByteBuf open;

    /** Keeps a part, which stays the caller's. */
    public void add(ByteBuf part) {
        int length = part.readableBytes();
        if (length == 0) {
            return;
        }
        if (length >= SMALL) {
            open = null;
            parts.addLast(part.retain());
            return;
        }
        ByteBuf chunk = open;
        if (chunk == null || chunk.maxWritableBytes() < length) {
            chunk = Unpooled.buffer(length, CHUNK);
            open = chunk;
            parts.addLast(chunk);
        }
        chunk.writeBytes(part, part.readerIndex(), length);
    }

    /** The first part, of which the caller becomes the owner; null: there is none. */
    public @Nullable ByteBuf poll() {
        ByteBuf first = parts.pollFirst();
        if (parts.isEmpty()) {
            open = null;
        }
        return first;
    }

    /** How many there are. */
    int size() {
        return parts.size();
    }

    /** Drops all. */
    public void clear() {
        for (ByteBuf next = poll(); next != null; next = poll()) {
            next.release();
        }
    }
}
