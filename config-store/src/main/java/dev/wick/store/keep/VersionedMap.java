package dev.wick.store.keep;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A map whose values have versions, newest first, each with the revision that made it; a version
 * may be "gone". Reads as of a revision see the newest version not above it. Older versions stay
 * until {@link #forget} is told that no reader needs them. One thread writes, any thread reads.
 */
final class VersionedMap {

    /**
     * As found: the revision that made it, its payload, and the revision of the next newer version
     * (or the maximum).
     */
    record Version(long revision, byte[] payload, long newer) {}

    private record Pending(long revision, byte[] key) {}

    private final PackedMap map = new PackedMap();
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private final Consumer<byte[]> appeared;
    private final Consumer<byte[]> vanished;

    /**
     * The consumers hear of keys with a first version, and of keys whose last version was
     * forgotten.
     */
    VersionedMap(Consumer<byte[]> appeared, Consumer<byte[]> vanished) {
        this.appeared = appeared;
        this.vanished = vanished;
    }

    VersionedMap() {
        this(_ -> {}, _ -> {});
    }

    long entries() {
        return map.entries();
    }

    @Nullable Version find(byte[] key, long revision) {
        byte[] value = map.find(key);
        return value == null ? null : asOf(value, revision);
    }

    /** A null payload says: gone from this revision on. Revisions never go down. */
    void put(byte[] key, long revision, byte @Nullable [] payload) {
        byte[] old = map.find(key);
        if (old == null && payload == null) {
            return;
        }
        ByteWriter value = new ByteWriter(32 + (old == null ? 0 : old.length));
        value.number(revision).number(payload == null ? 0 : payload.length + 1);
        if (payload != null) {
            value.raw(payload, 0, payload.length);
        }
        if (old != null) {
            int from = sameRevision(old, revision);
            value.raw(old, from, old.length - from);
            pending.add(new Pending(revision, key));
        }
        map.put(key, value.toBytes());
        if (old == null) {
            appeared.accept(key);
        }
    }

    /** No reader is, or will be, below this revision. */
    void forget(long oldest) {
        for (Pending first = pending.peek();
                first != null && first.revision <= oldest;
                first = pending.peek()) {
            pending.remove();
            byte[] value = map.find(first.key);
            if (value != null) {
                forget(first.key, value, oldest);
            }
        }
    }

    /** As of the revision, in order, behind the key. */
    Cursor after(byte @Nullable [] key, long revision) {
        return new Cursor(map.after(key), revision);
    }

    Loader loader() {
        return new Loader(map.loader());
    }

    private void forget(byte[] key, byte[] value, long oldest) {
        ByteReader reader = new ByteReader(value);
        while (reader.more()) {
            int start = reader.at();
            long revision = reader.number();
            int length = (int) reader.number();
            reader.skip(Math.max(0, length - 1));
            if (revision <= oldest) {
                int end = length == 0 ? start : reader.at();
                if (end == 0) {
                    map.remove(key);
                    vanished.accept(key);
                } else if (end < value.length) {
                    map.put(key, Arrays.copyOf(value, end));
                }
                return;
            }
        }
    }

    /** Where the older versions start: behind the first one when it is of the same revision. */
    private static int sameRevision(byte[] value, long revision) {
        ByteReader reader = new ByteReader(value);
        if (reader.number() != revision) {
            return 0;
        }
        int length = (int) reader.number();
        reader.skip(Math.max(0, length - 1));
        return reader.at();
    }

    private static @Nullable Version asOf(byte[] value, long revision) {
        ByteReader reader = new ByteReader(value);
        long newer = Long.MAX_VALUE;
        while (reader.more()) {
            long made = reader.number();
            int length = (int) reader.number();
            if (made <= revision) {
                if (length == 0) {
                    return null;
                }
                int at = reader.at();
                return new Version(made, Arrays.copyOfRange(value, at, at + length - 1), newer);
            }
            reader.skip(Math.max(0, length - 1));
            newer = made;
        }
        return null;
    }

    /** One thread. */
    static final class Cursor {

        private final PackedMap.Cursor cursor;
        private final long revision;
        private @Nullable Version version;

        private Cursor(PackedMap.Cursor cursor, long revision) {
            this.cursor = cursor;
            this.revision = revision;
        }

        boolean advance() {
            while (cursor.advance()) {
                version = asOf(cursor.value(), revision);
                if (version != null) {
                    return true;
                }
            }
            return false;
        }

        byte[] key() {
            return cursor.key();
        }

        Version version() {
            if (version == null) {
                throw new IllegalStateException("not at an entry");
            }
            return version;
        }
    }

    /** Fills an empty map from keys in order, one version each. The writing thread. */
    final class Loader implements AutoCloseable {

        private final PackedMap.Loader loader;
        private final ByteWriter value = new ByteWriter(64);

        private Loader(PackedMap.Loader loader) {
            this.loader = loader;
        }

        void add(byte[] key, long revision, byte[] payload) {
            value.clear();
            value.number(revision).number(payload.length + 1).raw(payload, 0, payload.length);
            loader.add(key, value.toBytes());
            appeared.accept(key);
        }

        @Override
        public void close() {
            loader.close();
        }
    }
}
