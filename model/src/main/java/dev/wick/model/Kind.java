package dev.wick.model;

import org.jspecify.annotations.Nullable;

/** The kinds of documents, spelled as documents and the REST API spell them. */
public enum Kind {
    LISTENER("Listener"),
    VIRTUAL_HOST("VirtualHost"),
    CLUSTER("Cluster"),
    ENDPOINTS("Endpoints"),
    SECRET("Secret"),
    RUNTIME("Runtime");

    private final String spelling;

    Kind(String spelling) {
        this.spelling = spelling;
    }

    /** As in {@code kind: VirtualHost}. */
    public String spelling() {
        return spelling;
    }

    /** The kind that is spelled so, case included, or null. */
    public static @Nullable Kind spelled(String spelling) {
        for (Kind kind : values()) {
            if (kind.spelling.equals(spelling)) {
                return kind;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return spelling;
    }
}
