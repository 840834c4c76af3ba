package dev.wick.store.keep;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Walks over the records of a file from a block on, one block in memory at a time. One thread. */
final class RecordReader {

    private final Bundles bundles;
    private final String name;
    private long offset;
    private long next;
    private @Nullable ByteReader block;

    RecordReader(Bundles bundles, String name, long offset) {
        this.bundles = bundles;
        this.name = name;
        this.next = offset;
    }

    /** At a record. Throws when the file ends. */
    ByteReader record() throws IOException {
        ByteReader current = block;
        if (current == null || !current.more()) {
            if (next < 0) {
                throw new IOException("file " + name + " ends before its last record");
            }
            Bundles.Block read = bundles.read(name, next);
            offset = next;
            next = read.next();
            current = new ByteReader(read.bytes());
            block = current;
        }
        return current;
    }

    /** Of the block that holds the last record. */
    long offset() {
        return offset;
    }
}
