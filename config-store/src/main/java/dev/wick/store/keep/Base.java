package dev.wick.store.keep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A base file: all documents of a gateway as of one revision, in the order of their keys, and
 * behind them the views as of that revision. A start reads the views; documents are found by the
 * first keys of the blocks, which are in memory (3 MB for a gigabyte of documents). Any thread.
 */
final class Base {

    private static final int FORMAT = 1;

    private final Bundles bundles;
    private final Blocks cache;
    private final FileName name;
    private final long upTo;
    private final int indexerVersion;
    private final long[] sections;
    private final long[] counts;
    private final byte[][] firstKeys;
    private final long[] offsets;

    private Base(Bundles bundles, Blocks cache, FileName name) throws IOException {
        this.bundles = bundles;
        this.cache = cache;
        this.name = name;
        RecordReader root = new RecordReader(bundles, name.sha256(), bundles.root(name.sha256()));
        ByteReader in = root.record();
        int format = in.octet();
        if (format != FORMAT) {
            throw new UnknownFormat(
                    "base "
                            + name.sha256()
                            + " is of format "
                            + format
                            + " (expected: "
                            + FORMAT
                            + ")");
        }
        upTo = in.number();
        indexerVersion = (int) in.number();
        sections = new long[4];
        counts = new long[4];
        for (int i = 0; i < 4; i++) {
            sections[i] = in.number();
            counts[i] = in.number();
        }
        int blocks = (int) in.number();
        firstKeys = new byte[blocks][];
        offsets = new long[blocks];
        for (int i = 0; i < blocks; i++) {
            ByteReader block = root.record();
            firstKeys[i] = block.block();
            offsets[i] = block.number();
        }
    }

    static Base open(Bundles bundles, Blocks cache, FileName name) throws IOException {
        return new Base(bundles, cache, name);
    }

    long upTo() {
        return upTo;
    }

    FileName name() {
        return name;
    }

    int indexerVersion() {
        return indexerVersion;
    }

    long documents() {
        return counts[0];
    }

    byte @Nullable [] document(byte[] key) throws IOException {
        int place = Arrays.binarySearch(firstKeys, key, Arrays::compareUnsigned);
        int block = place >= 0 ? place : -place - 2;
        if (block < 0) {
            return null;
        }
        byte[] bytes = CachedRead.block(bundles, cache, name.sha256(), offsets[block]);
        ByteReader in = new ByteReader(bytes);
        while (in.more()) {
            int length = in.length();
            int at = in.at();
            in.skip(length);
            in.number();
            if (Arrays.equals(bytes, at, at + length, key, 0, key.length)) {
                return in.block();
            }
            in.skip(in.length());
        }
        return null;
    }

    /** A document with its key and the revision that last changed it. */
    record Item(byte[] key, long revision, byte[] document) {}

    /** From the first to the last, past the cache; null at the end. One thread. */
    Source source() {
        RecordReader records = new RecordReader(bundles, name.sha256(), sections[0]);
        return new Source() {
            private long left = counts[0];

            @Override
            public @Nullable Item next() throws IOException {
                if (left == 0) {
                    return null;
                }
                left--;
                ByteReader in = records.record();
                return new Item(in.block(), in.number(), in.block());
            }
        };
    }

    interface Source {
        @Nullable Item next() throws IOException;
    }

    interface Row {
        void add(byte[] key, long revision, byte[] payload);
    }

    /** The rows of a view: 1 the documents (empty payload), 2 the domains, 3 the references. */
    void rows(int view, Row row) throws IOException {
        RecordReader records = new RecordReader(bundles, name.sha256(), sections[view]);
        for (long left = counts[view]; left > 0; left--) {
            ByteReader in = records.record();
            row.add(in.block(), in.number(), in.block());
        }
    }

    /** One thread. */
    static final class Writer implements AutoCloseable {

        private final Bundles.Writer file;
        private final BlockWriter blocks;
        private final List<byte[]> firstKeys = new ArrayList<>();
        private final List<Long> offsets = new ArrayList<>();
        private final long[] sections = new long[4];
        private final long[] counts = new long[4];

        Writer(Bundles bundles) throws IOException {
            file = bundles.create();
            blocks = new BlockWriter(file);
        }

        /** Documents come first, in order. */
        void document(byte[] key, long revision, byte[] document) throws IOException {
            if (blocks.empty()) {
                firstKeys.add(key);
            }
            blocks.record().block(key).number(revision).block(document);
            wrote(0, blocks.recorded());
            counts[0]++;
        }

        /** Then the views, one after the other. */
        void view(int view, VersionedMap.Cursor rows) throws IOException {
            wrote(0, blocks.flush());
            boolean first = true;
            while (rows.advance()) {
                VersionedMap.Version version = rows.version();
                byte[] payload = view == 1 ? new byte[0] : version.payload();
                blocks.record().block(rows.key()).number(version.revision()).block(payload);
                counts[view]++;
                long offset = blocks.recorded();
                if (offset >= 0 && first) {
                    sections[view] = offset;
                    first = false;
                }
            }
            long offset = blocks.flush();
            if (offset >= 0 && first) {
                sections[view] = offset;
            }
        }

        FileName finish(long upTo, int indexerVersion) throws IOException {
            wrote(0, blocks.flush());
            sections[0] = offsets.isEmpty() ? 0 : offsets.getFirst();
            ByteWriter root = blocks.record().octet(FORMAT).number(upTo).number(indexerVersion);
            for (int i = 0; i < 4; i++) {
                root.number(sections[i]).number(counts[i]);
            }
            root.number(firstKeys.size());
            long start = blocks.recorded();
            for (int i = 0; i < firstKeys.size(); i++) {
                blocks.record().block(firstKeys.get(i)).number(offsets.get(i));
                long offset = blocks.recorded();
                start = start < 0 ? offset : start;
            }
            long offset = blocks.flush();
            return file.finish(start < 0 ? offset : start);
        }

        private void wrote(int section, long offset) {
            if (section == 0 && offset >= 0) {
                offsets.add(offset);
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
