package dev.wick.store.access;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a store: the one that secrets are sealed under, and older ones, which open what was
 * sealed before it and may still stand in history.
 */
public record KeyRing(KeyEncryptionKey current, List<KeyEncryptionKey> older) {

    public KeyRing {
        older = List.copyOf(older);
    }

    static KeyRing of(KeyEncryptionKey only) {
        return new KeyRing(only, List.of());
    }

    /**
     * From lines, or words: the current key first.
     *
     * @throws IllegalArgumentException with a sentence for the operator; never with a key in it
     */
    static KeyRing parse(String source, String text) {
        List<KeyEncryptionKey> keys = new ArrayList<>();
        for (String word : text.strip().split("[\\s,]+", -1)) {
            keys.add(KeyEncryptionKey.parse(source, word));
        }
        return new KeyRing(keys.getFirst(), keys.subList(1, keys.size()));
    }

    /** The form that {@link #parse} reads. */
    String text() {
        StringBuilder text = new StringBuilder(current.text());
        older.forEach(key -> text.append('\n').append(key.text()));
        return text.toString();
    }

    /** With another current key. */
    KeyRing under(KeyEncryptionKey next) {
        List<KeyEncryptionKey> before = new ArrayList<>();
        before.add(current);
        before.addAll(older);
        return new KeyRing(next, before);
    }

    @Nullable KeyEncryptionKey byId(String id) {
        if (current.id().equals(id)) {
            return current;
        }
        for (KeyEncryptionKey key : older) {
            if (key.id().equals(id)) {
                return key;
            }
        }
        return null;
    }

    String ids() {
        List<KeyEncryptionKey> all = new ArrayList<>(List.of(current));
        all.addAll(older);
        return all.stream().map(KeyEncryptionKey::id).collect(Collectors.joining(" or "));
    }
}
