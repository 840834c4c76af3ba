package dev.wick.store.keep;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * An ordered map of bytes to bytes that costs little more heap than its bytes: some thousand bytes
 * of sorted entries lie in one array, a leaf, and only the leaves are objects. A million names of
 * 20 bytes take 25 MB, where a tree with a node for each takes 150 MB.
 *
 * <p>One thread writes, any thread reads. A leaf never changes, it is replaced. When one is split,
 * its upper half is put in place before the lower half replaces the whole, so a reader finds every
 * key at every moment, and a cursor passes over what it has seen.
 */
final class PackedMap {

    private static final int FULL = 4096;

    private final ConcurrentSkipListMap<byte[], byte[]> leaves =
            new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
    private long entries;

    PackedMap() {
        leaves.put(new byte[0], new byte[0]);
    }

    /** How many entries there are; exact on the writing thread. */
    long entries() {
        return entries;
    }

    byte @Nullable [] find(byte[] key) {
        Spot spot = new Spot(leafOf(key).getValue());
        return spot.seek(key) ? spot.value() : null;
    }

    /** Writing thread only. True when the key is new. */
    boolean put(byte[] key, byte[] value) {
        Map.Entry<byte[], byte[]> place = leafOf(key);
        byte[] leaf = place.getValue();
        Spot spot = new Spot(leaf);
        boolean found = spot.seek(key);
        int cut = found ? spot.next : spot.start;
        boolean appended = spot.start == leaf.length;
        byte[] entry = entry(key, value);
        if (appended && leaf.length > 0 && leaf.length + entry.length > FULL) {
            leaves.put(key.clone(), entry);
        } else {
            byte[] joined = new byte[spot.start + entry.length + leaf.length - cut];
            System.arraycopy(leaf, 0, joined, 0, spot.start);
            System.arraycopy(entry, 0, joined, spot.start, entry.length);
            System.arraycopy(leaf, cut, joined, spot.start + entry.length, leaf.length - cut);
            place(place.getKey(), joined);
        }
        entries += found ? 0 : 1;
        return !found;
    }

    /** Writing thread only. True when the key was there. */
    boolean remove(byte[] key) {
        Map.Entry<byte[], byte[]> place = leafOf(key);
        byte[] leaf = place.getValue();
        Spot spot = new Spot(leaf);
        if (!spot.seek(key)) {
            return false;
        }
        byte[] rest = new byte[leaf.length - (spot.next - spot.start)];
        System.arraycopy(leaf, 0, rest, 0, spot.start);
        System.arraycopy(leaf, spot.next, rest, spot.start, leaf.length - spot.next);
        if (rest.length == 0 && place.getKey().length > 0) {
            leaves.remove(place.getKey());
        } else {
            leaves.put(place.getKey(), rest);
        }
        entries--;
        return true;
    }

    /** Entries behind the key (null: all), in order. */
    Cursor after(byte @Nullable [] key) {
        return new Cursor(key);
    }

    /**
     * For a map that is empty and keys that come in order; the map is readable only up to the last
     * full leaf until closed.
     */
    Loader loader() {
        return new Loader();
    }

    private void place(byte[] bound, byte[] leaf) {
        if (leaf.length <= FULL) {
            leaves.put(bound, leaf);
            return;
        }
        Spot spot = new Spot(leaf);
        spot.advance();
        while (spot.next < leaf.length && spot.next < leaf.length / 2) {
            spot.advance();
        }
        if (spot.next >= leaf.length) {
            leaves.put(bound, leaf);
            return;
        }
        byte[] lower = Arrays.copyOf(leaf, spot.next);
        byte[] upper = Arrays.copyOfRange(leaf, spot.next, leaf.length);
        spot.advance();
        place(spot.key(), upper);
        place(bound, lower);
    }

    private Map.Entry<byte[], byte[]> leafOf(byte[] key) {
        Map.Entry<byte[], byte[]> place = leaves.floorEntry(key);
        if (place == null) {
            throw new IllegalStateException("no leaf for a key");
        }
        return place;
    }

    private static byte[] entry(byte[] key, byte[] value) {
        int head = ByteWriter.sizeOfNumber(key.length) + ByteWriter.sizeOfNumber(value.length);
        byte[] entry = new byte[head + key.length + value.length];
        int at = ByteWriter.number(entry, 0, key.length);
        at = ByteWriter.number(entry, at, value.length);
        System.arraycopy(key, 0, entry, at, key.length);
        System.arraycopy(value, 0, entry, at + key.length, value.length);
        return entry;
    }

    /** A place in a leaf. */
    private static final class Spot {

        final byte[] leaf;
        int start;
        int next;
        int keyAt;
        int valueAt;

        Spot(byte[] leaf) {
            this.leaf = leaf;
        }

        boolean advance() {
            start = next;
            if (start == leaf.length) {
                return false;
            }
            int at = start;
            int keyLength = 0;
            for (int shift = 0; ; shift += 7) {
                byte b = leaf[at++];
                keyLength |= (b & 0x7F) << shift;
                if (b >= 0) {
                    break;
                }
            }
            int valueLength = 0;
            for (int shift = 0; ; shift += 7) {
                byte b = leaf[at++];
                valueLength |= (b & 0x7F) << shift;
                if (b >= 0) {
                    break;
                }
            }
            keyAt = at;
            valueAt = at + keyLength;
            next = valueAt + valueLength;
            return true;
        }

        /** To the key, or to the first that is greater. */
        boolean seek(byte[] key) {
            while (advance()) {
                int order = Arrays.compareUnsigned(leaf, keyAt, valueAt, key, 0, key.length);
                if (order >= 0) {
                    return order == 0;
                }
            }
            return false;
        }

        byte[] key() {
            return Arrays.copyOfRange(leaf, keyAt, valueAt);
        }

        byte[] value() {
            return Arrays.copyOfRange(leaf, valueAt, next);
        }
    }

    /** One thread; sees what is put while it runs, or not. */
    final class Cursor {

        private byte @Nullable [] bound;
        private byte @Nullable [] last;
        private Spot spot;

        private Cursor(byte @Nullable [] from) {
            last = from;
            Map.Entry<byte[], byte[]> place = leafOf(from == null ? new byte[0] : from);
            bound = place.getKey();
            spot = new Spot(place.getValue());
        }

        boolean advance() {
            while (true) {
                while (spot.advance()) {
                    if (last == null
                            || Arrays.compareUnsigned(
                                            spot.leaf,
                                            spot.keyAt,
                                            spot.valueAt,
                                            last,
                                            0,
                                            last.length)
                                    > 0) {
                        last = spot.key();
                        return true;
                    }
                }
                Map.Entry<byte[], byte[]> place = bound == null ? null : leaves.higherEntry(bound);
                if (place == null) {
                    bound = null;
                    return false;
                }
                bound = place.getKey();
                spot = new Spot(place.getValue());
            }
        }

        byte[] key() {
            return spot.key();
        }

        byte[] value() {
            return spot.value();
        }
    }

    /** Fills an empty map from keys in order. The writing thread. */
    final class Loader implements AutoCloseable {

        private final ByteWriter leaf = new ByteWriter(FULL * 2);
        private byte[] bound = new byte[0];
        private byte[] last = new byte[0];

        void add(byte[] key, byte[] value) {
            if (Arrays.compareUnsigned(key, last) <= 0) {
                throw new IllegalStateException("keys out of order");
            }
            int more = key.length + value.length + 4;
            if (leaf.size() > 0 && leaf.size() + more > FULL) {
                leaves.put(bound, leaf.toBytes());
                leaf.clear();
                bound = key;
            }
            leaf.number(key.length).number(value.length);
            leaf.raw(key, 0, key.length).raw(value, 0, value.length);
            last = key;
            entries++;
        }

        @Override
        public void close() {
            leaves.put(bound, leaf.toBytes());
        }
    }
}
