package dev.wick.gateway.codec;

/**
 * What the parsers and writers of one event loop share: bytes to work in, and the names and values
 * that it has met before. Confined to its loop, and to one call of a parser or writer at a time.
 */
public final class Workbench {

    private byte[] bytes = new byte[4096];
    final FieldNames names = new FieldNames();
    final FieldValues values = new FieldValues();
    private final FieldTexts texts = new FieldTexts();

    /** For HPACK. */
    public FieldTexts texts() {
        return texts;
    }

    /** At least {@code length} bytes; keeps what is in the first {@code keep}. */
    byte[] bytes(int length, int keep) {
        if (bytes.length < length) {
            byte[] larger = new byte[Math.max(length, 2 * bytes.length)];
            System.arraycopy(bytes, 0, larger, 0, keep);
            bytes = larger;
        }
        return bytes;
    }
}
