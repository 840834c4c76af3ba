package dev.wick.gateway.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;

/**
 * What has come of a request's body, kept to be sent again. Confined to the exchange's loop.
 *
 * <p>Parts of some size are kept by reference. Small ones are copied together: each would hold on
 * to the whole buffer that it was read into.
 */
final class Replay {

    private static final int SMALL = 1_024;
    private static final int CHUNK = 16_384;

    private final ArrayDeque<ByteBuf> parts = new ArrayDeque<>(4);
    private long limit;
    private long kept;
    private boolean open;

    /**
     * @param most bytes
     */
    void open(long most) {
        limit = most;
        kept = 0;
        open = true;
    }

    boolean isOpen() {
        return open;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /**
     * Keeps a part, which stays the caller's; false, and all is forgotten, where it is too much.
     */
    boolean keep(ByteBuf part) {
        kept += part.readableBytes();
        if (kept > limit) {
            close();
            return false;
        }
        if (part.readableBytes() >= SMALL) {
            parts.addLast(part.retainedDuplicate());
            return true;
        }
        ByteBuf last = parts.peekLast();
        if (last == null
                || last.maxCapacity() != CHUNK
                || last.maxWritableBytes() < part.readableBytes()) {
            last = Unpooled.buffer(SMALL, CHUNK);
            parts.addLast(last);
        }
        last.writeBytes(part, part.readerIndex(), part.readableBytes());
        return true;
    }

    /** Sends what there is. */
    void into(Attempt attempt) {
        for (ByteBuf part : parts) {
            attempt.write(part.retainedDuplicate());
        }
    }

    /** Forgets all, and keeps nothing from now on. */
    void close() {
        open = false;
        for (ByteBuf part = parts.pollFirst(); part != null; part = parts.pollFirst()) {
            part.release();
        }
    }
}
