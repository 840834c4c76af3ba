package dev.wick.route;

/** A share of requests that a key of the Runtime document may say. */
public final class RuntimeShare {

    private final String key;
    private final Share otherwise;
    private final RuntimeValues values;

    /**
     * @param key empty: what is said otherwise holds always
     */
    public RuntimeShare(String key, Share otherwise, RuntimeValues values) {
        this.key = key;
        this.otherwise = otherwise;
        this.values = values;
    }

    Share now() {
        return key.isEmpty() ? otherwise : values.of(key, otherwise);
    }

    /** As {@code runtime fraction canary}. */
    String subject() {
        return key.isEmpty() ? "runtime fraction" : "runtime fraction " + key;
    }
}
