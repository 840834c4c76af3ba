package dev.wick.store.keep;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * All documents as of a revision, in order, out of a base and the bundles after it: each of them is
 * sorted, so one pass over all does it, and only a block of each is in memory. One thread.
 */
final class Merge {

    private interface Source {
        @Nullable Head next() throws IOException;
    }

    /** The next change of one source; {@code document} null deletes. */
    private record Head(byte[] key, long revision, byte @Nullable [] document, Source source)
            implements Comparable<Head> {
        @Override
        public int compareTo(Head other) {
            int order = Arrays.compareUnsigned(key, other.key);
            return order != 0 ? order : Long.compare(other.revision, revision);
        }
    }

    private final PriorityQueue<Head> heads = new PriorityQueue<>();

    /** The first bundle is that of revision {@code first}. */
    Merge(@Nullable Base base, Bundles bundles, long first, List<FileName> files)
            throws IOException {
        if (base != null) {
            add(documents(base));
        }
        long revision = first;
        for (FileName file : files) {
            add(changes(Bundle.read(bundles, file.sha256()), revision++));
        }
    }

    /** Null at the end. */
    Base.@Nullable Item next() throws IOException {
        while (true) {
            Head newest = heads.poll();
            if (newest == null) {
                return null;
            }
            add(newest.source);
            while (!heads.isEmpty() && Arrays.equals(heads.peek().key, newest.key)) {
                add(heads.remove().source);
            }
            if (newest.document != null) {
                return new Base.Item(newest.key, newest.revision, newest.document);
            }
        }
    }

    private void add(Source source) throws IOException {
        Head head = source.next();
        if (head != null) {
            heads.add(head);
        }
    }

    private static Source documents(Base base) {
        Base.Source items = base.source();
        return new Source() {
            @Override
            public @Nullable Head next() throws IOException {
                Base.Item item = items.next();
                return item == null
                        ? null
                        : new Head(item.key(), item.revision(), item.document(), this);
            }
        };
    }

    private static Source changes(Bundle.Changes changes, long revision) {
        return new Source() {
            @Override
            public @Nullable Head next() throws IOException {
                RecordedChange change = changes.next();
                return change == null
                        ? null
                        : new Head(Places.bytes(change.key()), revision, change.after(), this);
            }
        };
    }
}
