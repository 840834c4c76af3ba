package dev.wick.store.access;

/**
 * A secret is encrypted under a key that the store was not given. Its message is a sentence for the
 * operator.
 */
public final class KeyMissing extends IllegalStateException {

    private static final long serialVersionUID = 1;

    KeyMissing(String kind, String name, String id, KeyRing keys) {
        super(
                kind
                        + "/"
                        + name
                        + " is encrypted under key "
                        + id
                        + " (expected: "
                        + keys.ids()
                        + ", which this store was given)");
    }
}
