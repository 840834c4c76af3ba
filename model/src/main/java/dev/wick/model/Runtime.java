package dev.wick.model;

import java.util.Map;
import java.util.TreeMap;

/**
 * What may be turned without touching routes: shares of requests, by keys. A gateway has one, named
 * {@link #NAME}; a key that is not there has the default that stands where it is used.
 *
 * @param name {@link #NAME}
 * @param values in the order of their keys
 */
public record Runtime(String name, Map<String, FractionalPercent> values) implements Document {

    /** Its only name. */
    public static final String NAME = "runtime";

    public Runtime {
        values = new TreeMap<>(values);
    }

    @Override
    public Kind kind() {
        return Kind.RUNTIME;
    }
}
