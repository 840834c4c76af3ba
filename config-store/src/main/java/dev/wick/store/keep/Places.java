package dev.wick.store.keep;

import dev.wick.store.revision.Key;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Keys as bytes: their parts in UTF-8 with a NUL between, so that the order of the bytes is that of
 * the parts.
 */
final class Places {

    /** As the bytes are ordered. */
    static final Comparator<byte[]> ORDER = Arrays::compareUnsigned;

    private Places() {}

    static byte[] bytes(Key key) {
        return (key.kind() + '\0' + key.name()).getBytes(StandardCharsets.UTF_8);
    }

    /** In front of all keys of the kind. */
    static byte[] before(String kind) {
        return (kind + '\0').getBytes(StandardCharsets.UTF_8);
    }

    static boolean startsWith(byte[] key, byte[] start) {
        return key.length >= start.length
                && Arrays.equals(key, 0, start.length, start, 0, start.length);
    }

    static Key key(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int cut = text.indexOf('\0');
        return new Key(text.substring(0, cut), text.substring(cut + 1));
    }

    static byte[] bytes(DomainKey key) {
        return (key.listener() + '\0' + key.chain() + '\0' + key.domain())
                .getBytes(StandardCharsets.UTF_8);
    }

    static DomainKey domain(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int first = text.indexOf('\0');
        int second = text.indexOf('\0', first + 1);
        return new DomainKey(
                text.substring(0, first),
                text.substring(first + 1, second),
                text.substring(second + 1));
    }
}
