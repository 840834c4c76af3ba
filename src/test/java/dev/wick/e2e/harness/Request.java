package dev.wick.e2e.harness;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The head of a request as an upstream received it. */
public record Request(String method, String target, String version, List<Field> fields) {

    /** The first value of {@code name}, null when there is none. */
    public @Nullable String field(String name) {
        return Wire.value(fields, name);
    }

    public List<String> fields(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }
}
