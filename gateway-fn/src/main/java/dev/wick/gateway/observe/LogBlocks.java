package dev.wick.gateway.observe;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of one event loop: that into which it writes lines now, full ones, and spare ones.
 * Shared by the loop and the writer under its lock, which is hardly ever contended: the writer
 * takes it a few times a second.
 */
final class LogBlocks {

    /** The line was written behind others. */
    static final int MORE = 0;

    /** The line found its block empty: the writer has something to do. */
    static final int FIRST = 1;

    /** The line found its block full, and went into another: the writer should make haste. */
    static final int FILLED = 2;

    /** The line was dropped. */
    static final int NO_ROOM = 3;

    private static final int BLOCK_BYTES = 128 * 1024;
    private static final int MOST_BLOCKS = 16;

    private final LogLine line = new LogLine();
    private final ArrayDeque<Block> full = new ArrayDeque<>();
    private final ArrayDeque<Block> spare = new ArrayDeque<>();
    private @Nullable Block current;
    private int made;

    /** Called on the loop. */
    synchronized int append(FinishedExchange finished) {
        Block block = current;
        int outcome = MORE;
        if (block == null || block.bytes.length - block.length < LogLine.LONGEST) {
            outcome = block == null ? FIRST : FILLED;
            block = next();
            if (block == null) {
                return NO_ROOM;
            }
        }
        block.length = line.write(finished, block.bytes, block.length);
        block.lines++;
        return outcome;
    }

    private @Nullable Block next() {
        Block block = spare.pollFirst();
        if (block == null) {
            if (made == MOST_BLOCKS) {
                return null;
            }
            made++;
            block = new Block();
        }
        if (current != null) {
            full.addLast(current);
        }
        current = block;
        return block;
    }

    synchronized boolean empty() {
        return full.isEmpty() && (current == null || current.length == 0);
    }

    /** The oldest block with lines in it, or null. Called by the writer, which gives it back. */
    synchronized @Nullable Block take() {
        Block block = full.pollFirst();
        if (block == null && current != null && current.length > 0) {
            block = current;
            current = null;
        }
        return block;
    }

    synchronized void giveBack(Block block) {
        block.length = 0;
        block.lines = 0;
        spare.addLast(block);
    }

    /** Lines, one behind the other. */
    static final class Block {
        final byte[] bytes = new byte[BLOCK_BYTES];
        int length;
        int lines;
    }
}
