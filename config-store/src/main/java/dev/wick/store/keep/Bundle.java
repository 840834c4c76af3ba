package dev.wick.store.keep;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bundle file: a header, then each change with the document after it and the document before it.
 * What was before is written down because it is known when the bundle is written (a bundle counts
 * only on top of its base), so the views, the history and a restore need nothing but bundles.
 */
final class Bundle {

    private static final int FORMAT = 1;

    private Bundle() {}

    record Header(
            String gateway,
            long base,
            String requestId,
            String author,
            Instant time,
            String comment,
            int changes) {}

    /** Reads a bundle from end to end. One thread. */
    static final class Changes {

        private final RecordReader records;
        private final Header header;
        private int left;

        private Changes(Bundles bundles, String name) throws IOException {
            records = new RecordReader(bundles, name, 0);
            header = Bundle.header(records, name);
            left = header.changes;
        }

        Header header() {
            return header;
        }

        /** In the order of the keys; null at the end. */
        @Nullable RecordedChange next() throws IOException {
            if (left == 0) {
                return null;
            }
            left--;
            return change(records.record());
        }

        /** Where the block with the last change starts. */
        long offset() {
            return records.offset();
        }
    }

    /** The changes must be in order. Durable when this returns. */
    static FileName write(Bundles bundles, Header header, List<RecordedChange> changes)
            throws IOException {
        try (Bundles.Writer file = bundles.create()) {
            BlockWriter blocks = new BlockWriter(file);
            blocks.record()
                    .octet(FORMAT)
                    .string(header.gateway)
                    .number(header.base)
                    .string(header.requestId)
                    .string(header.author)
                    .number(header.time.toEpochMilli())
                    .string(header.comment)
                    .number(header.changes);
            blocks.recorded();
            for (RecordedChange change : changes) {
                write(blocks.record(), change);
                blocks.recorded();
            }
            blocks.flush();
            return file.finish(0);
        }
    }

    static Changes read(Bundles bundles, String name) throws IOException {
        return new Changes(bundles, name);
    }

    /**
     * The document after the change to this key, in a block that holds it; null when it was deleted
     * or is not there.
     */
    static byte @Nullable [] document(byte[] block, boolean first, byte[] key) {
        ByteReader in = new ByteReader(block);
        if (first) {
            header(in);
        }
        while (in.more()) {
            int keyLength = in.length();
            int keyAt = in.at();
            in.skip(keyLength);
            boolean found = Arrays.equals(in.array(), keyAt, keyAt + keyLength, key, 0, key.length);
            in.number();
            int there = in.octet();
            if ((there & 1) != 0) {
                if (found) {
                    return in.block();
                }
                in.skip(in.length());
            }
            if ((there & 2) != 0) {
                in.skip(in.length());
            }
            if (found) {
                return null;
            }
        }
        return null;
    }

    private static Header header(RecordReader records, String name) throws IOException {
        ByteReader in = records.record();
        int format = in.array()[in.at()];
        if (format != FORMAT) {
            throw new UnknownFormat(
                    "bundle " + name + " is of format " + format + " (expected: " + FORMAT + ")");
        }
        return header(in);
    }

    private static Header header(ByteReader in) {
        in.octet();
        return new Header(
                in.string(),
                in.number(),
                in.string(),
                in.string(),
                Instant.ofEpochMilli(in.number()),
                in.string(),
                (int) in.number());
    }

    private static void write(ByteWriter out, RecordedChange change) {
        byte[] after = change.after();
        byte[] before = change.before();
        out.block(Places.bytes(change.key())).number(change.beforeRevision());
        out.octet((after == null ? 0 : 1) | (before == null ? 0 : 2));
        if (after != null) {
            out.block(after);
        }
        if (before != null) {
            out.block(before);
        }
    }

    private static RecordedChange change(ByteReader in) {
        byte[] key = in.block();
        long beforeRevision = in.number();
        int there = in.octet();
        byte[] after = (there & 1) == 0 ? null : in.block();
        byte[] before = (there & 2) == 0 ? null : in.block();
        return new RecordedChange(Places.key(key), beforeRevision, before, after);
    }
}
