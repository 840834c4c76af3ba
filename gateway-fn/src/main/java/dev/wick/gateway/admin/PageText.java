package dev.wick.gateway.admin;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A long text of lines, some of them left out. Kept in blocks, for where many clusters are held it
 * is as long as a large part of the heap.
 */
final class PageText implements Appendable {

    private static final int BLOCK = 64 * 1024;

    private final Predicate<CharSequence> wanted;
    private final StringBuilder line = new StringBuilder();
    private final List<byte[]> blocks = new ArrayList<>();
    private byte[] block = new byte[BLOCK];
    private int used;

    /**
     * @param wanted whether a line, without its end, is kept
     */
    PageText(Predicate<CharSequence> wanted) {
        this.wanted = wanted;
    }

    @Override
    public PageText append(CharSequence text) {
        return append(text, 0, text.length());
    }

    @Override
    public PageText append(CharSequence text, int start, int end) {
        for (int i = start; i < end; i++) {
            append(text.charAt(i));
        }
        return this;
    }

    @Override
    public PageText append(char c) {
        if (c != '\n') {
            line.append(c);
        } else {
            if (wanted.test(line)) {
                write(line.append(c).toString().getBytes(StandardCharsets.UTF_8));
            }
            line.setLength(0);
        }
        return this;
    }

    private void write(byte[] octets) {
        int written = 0;
        while (written < octets.length) {
            if (used == BLOCK) {
                blocks.add(block);
                block = new byte[BLOCK];
                used = 0;
            }
            int part = Math.min(octets.length - written, BLOCK - used);
            System.arraycopy(octets, written, block, used, part);
            used += part;
            written += part;
        }
    }

    byte[] octets() {
        byte[] all = new byte[blocks.size() * BLOCK + used];
        int at = 0;
        for (byte[] full : blocks) {
            System.arraycopy(full, 0, all, at, BLOCK);
            at += BLOCK;
        }
        System.arraycopy(block, 0, all, at, used);
        return all;
    }
}
