package dev.wick.store.revision;

/**
 * What names a document within its gateway. Ordered by kind, then name, as the bytes of their UTF-8
 * are.
 */
public record Key(String kind, String name) {

    public Key {
        if (kind.isEmpty() || name.isEmpty() || kind.indexOf(0) >= 0 || name.indexOf(0) >= 0) {
            throw new IllegalArgumentException(
                    "key: " + kind + "/" + name + " (expected: a kind and a name without NUL)");
        }
    }

    @Override
    public String toString() {
        return kind + "/" + name;
    }
}
