package dev.wick.store.keep;

import java.io.IOException;

/**
 * Gathers records into blocks of some 16 KiB: small enough to read one for one document, large
 * enough to deflate well. One thread.
 */
final class BlockWriter {

    private static final int FULL = 16 << 10;

    private final Bundles.Writer file;
    private final ByteWriter block = new ByteWriter(FULL + 4096);

    BlockWriter(Bundles.Writer file) {
        this.file = file;
    }

    /** To append one whole record to; {@link #recorded} must follow. */
    ByteWriter record() {
        return block;
    }

    /**
     * A record is whole. Returns the offset of the block that was written because it is full, or
     * -1.
     */
    long recorded() throws IOException {
        return block.size() < FULL ? -1 : flush();
    }

    boolean empty() {
        return block.size() == 0;
    }

    /** Returns the offset of the block written, -1 when there was nothing to write. */
    long flush() throws IOException {
        if (block.size() == 0) {
            return -1;
        }
        long offset = file.append(block.array(), block.size());
        block.clear();
        return offset;
    }
}
