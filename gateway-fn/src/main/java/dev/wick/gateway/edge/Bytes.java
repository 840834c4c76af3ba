package dev.wick.gateway.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Puts bytes that have come to those that came before. */
final class Bytes {

    private Bytes() {}

    /** Becomes the owner of both; the caller of what it returns. */
    static ByteBuf join(ByteBufAllocator allocator, ByteBuf first, ByteBuf second) {
        if (!first.isReadable()) {
            first.release();
            return second;
        }
        ByteBuf joined = first;
        int length = second.readableBytes();
        if (first.refCnt() > 1 || first.maxFastWritableBytes() < length || first.isReadOnly()) {
            joined = allocator.directBuffer(Math.max(1024, 2 * (first.readableBytes() + length)));
            joined.writeBytes(first);
            first.release();
        }
        joined.writeBytes(second);
        second.release();
        return joined;
    }
}
