package dev.wick.gateway.codec;

import io.netty.buffer.ByteBuf;

/** What has come of a line that has no end yet. Confined to the loop of its parser. */
final class LinePart {

    private static final byte[] NOTHING = new byte[0];

    private byte[] bytes = NOTHING;
    private int length;

    int length() {
        return length;
    }

    /** Whether there is some of a line that is not empty. */
    boolean begins() {
        return length > 0 && bytes[0] != Octets.CR;
    }

    void add(ByteBuf in, int more) {
        room(more);
        in.readBytes(bytes, length, more);
        length += more;
    }

    void add(byte[] from, int start, int more) {
        room(more);
        System.arraycopy(from, start, bytes, length, more);
        length += more;
    }

    private void room(int more) {
        if (bytes.length < length + more) {
            byte[] larger = new byte[Math.max(length + more, 2 * bytes.length)];
            System.arraycopy(bytes, 0, larger, 0, length);
            bytes = larger;
        }
    }

    /** Copies it to the start of {@code to}, which has room for it. */
    void into(byte[] to) {
        System.arraycopy(bytes, 0, to, 0, length);
    }

    /** Nothing of it is left; its room is. */
    void clear() {
        length = 0;
    }

    /** Nothing of it is left, its room neither. */
    void drop() {
        length = 0;
        bytes = NOTHING;
    }
}
