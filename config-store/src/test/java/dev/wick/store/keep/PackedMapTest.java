package dev.wick.store.keep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PackedMapTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void itIsAnOrderedMapWhateverIsPutAndRemoved(long seed) {
        Random random = new Random(seed);
        PackedMap map = new PackedMap();
        TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
        for (int i = 0; i < 30_000; i++) {
            byte[] key = bytes("key-" + random.nextInt(4000));
            if (random.nextInt(3) == 0) {
                assertEquals(model.remove(key) != null, map.remove(key));
            } else {
                byte[] value = new byte[random.nextInt(random.nextInt(500) == 0 ? 9000 : 60)];
                random.nextBytes(value);
                assertEquals(model.put(key, value) == null, map.put(key, value));
            }
        }
        assertSame(model, map);
    }

    @Test
    void keysThatComeInOrderAreLoadedAsTheyArePut() {
        PackedMap map = new PackedMap();
        TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
        for (int i = 0; i < 20_000; i++) {
            model.put(bytes("host-" + i), bytes("v" + i));
        }
        try (PackedMap.Loader loader = map.loader()) {
            model.forEach(loader::add);
        }
        assertSame(model, map);
        map.put(bytes("host-10000a"), bytes("between"));
        model.put(bytes("host-10000a"), bytes("between"));
        assertSame(model, map);
    }

    @Test
    void aReaderMissesNothingWhileLeavesAreSplit() {
        PackedMap map = new PackedMap();
        for (int i = 0; i < 2000; i++) {
            map.put(bytes("old-" + i), bytes("v" + i));
        }
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Integer> reader =
                CompletableFuture.supplyAsync(
                        () -> {
                            int rounds = 0;
                            while (!done.get() || rounds == 0) {
                                for (int i = 0; i < 2000; i += 7) {
                                    assertArrayEquals(bytes("v" + i), map.find(bytes("old-" + i)));
                                }
                                int seen = 0;
                                PackedMap.Cursor cursor = map.after(null);
                                while (cursor.advance()) {
                                    seen += cursor.key()[0] == 'o' ? 1 : 0;
                                }
                                assertEquals(2000, seen);
                                rounds++;
                            }
                            return rounds;
                        });
        Random random = new Random(5);
        for (int i = 0; i < 40_000; i++) {
            byte[] between = bytes("no-" + random.nextInt(3000));
            if (random.nextInt(3) == 0) {
                map.remove(between);
            } else {
                map.put(between, bytes("w"));
            }
        }
        done.set(true);
        assertTrue(reader.join() > 0);
    }

    private static void assertSame(TreeMap<byte[], byte[]> model, PackedMap map) {
        assertEquals(model.size(), map.entries());
        PackedMap.Cursor cursor = map.after(null);
        for (Map.Entry<byte[], byte[]> entry : model.entrySet()) {
            assertTrue(cursor.advance());
            assertArrayEquals(entry.getKey(), cursor.key());
            assertArrayEquals(entry.getValue(), cursor.value());
            assertArrayEquals(entry.getValue(), map.find(entry.getKey()));
        }
        assertFalse(cursor.advance());
        assertNull(map.find(bytes("key-none")));
        byte[] middle = model.keySet().stream().skip(model.size() / 2).findFirst().orElseThrow();
        PackedMap.Cursor after = map.after(middle);
        assertTrue(after.advance());
        assertArrayEquals(model.higherKey(middle), after.key());
    }
}
