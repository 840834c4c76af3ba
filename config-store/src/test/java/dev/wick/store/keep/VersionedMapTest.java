package dev.wick.store.keep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class VersionedMapTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aReaderSeesItsRevisionWhateverIsPutInFront() {
        VersionedMap map = new VersionedMap();
        map.put(bytes("a"), 1, bytes("one"));
        map.put(bytes("a"), 3, null);
        map.put(bytes("a"), 4, bytes("four"));
        assertNull(map.find(bytes("a"), 0));
        assertArrayEquals(bytes("one"), map.find(bytes("a"), 2).payload());
        assertEquals(3, map.find(bytes("a"), 2).newer());
        assertNull(map.find(bytes("a"), 3));
        assertEquals(4, map.find(bytes("a"), 9).revision());
    }

    @Test
    void whatIsGoneVanishesOnceNobodyNeedsIt() {
        List<String> heard = new ArrayList<>();
        VersionedMap map =
                new VersionedMap(
                        key -> heard.add("+" + new String(key, StandardCharsets.UTF_8)),
                        key -> heard.add("-" + new String(key, StandardCharsets.UTF_8)));
        map.put(bytes("a"), 1, bytes("one"));
        map.put(bytes("a"), 2, null);
        map.forget(1);
        assertNotNull(map.find(bytes("a"), 1));
        map.forget(2);
        assertEquals(0, map.entries());
        assertEquals(List.of("+a", "-a"), heard);
    }

    @Test
    void anyHistoryReadsAsItWasFromTheOldestReaderOn() {
        Random random = new Random(11);
        VersionedMap map = new VersionedMap();
        List<Map<String, String>> states = new ArrayList<>();
        states.add(Map.of());
        TreeMap<String, String> now = new TreeMap<>();
        int oldest = 0;
        for (int revision = 1; revision <= 300; revision++) {
            for (int i = 0; i < 20; i++) {
                String key = "k" + random.nextInt(60);
                String value = random.nextInt(4) == 0 ? null : "v" + revision + "-" + i;
                map.put(bytes(key), revision, value == null ? null : bytes(value));
                if (value == null) {
                    now.remove(key);
                } else {
                    now.put(key, value);
                }
            }
            states.add(Map.copyOf(now));
            if (revision % 10 == 0) {
                oldest = Math.max(oldest, revision - random.nextInt(40));
                map.forget(oldest);
                for (int at = oldest; at <= revision; at++) {
                    assertEquals(states.get(at), read(map, at));
                }
            }
        }
    }

    private static Map<String, String> read(VersionedMap map, long revision) {
        Map<String, String> found = new TreeMap<>();
        VersionedMap.Cursor cursor = map.after(null, revision);
        while (cursor.advance()) {
            found.put(
                    new String(cursor.key(), StandardCharsets.UTF_8),
                    new String(cursor.version().payload(), StandardCharsets.UTF_8));
        }
        return found;
    }
}
