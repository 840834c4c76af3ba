package dev.wick.e2e.harness;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it came over the wire.
 *
 * @param interim statuses of the 1xx answers that came before it
 * @param trailers empty unless it was chunked and had some
 */
public record Reply(
        int status,
        String reason,
        List<Field> fields,
        byte[] body,
        List<Field> trailers,
        List<Integer> interim) {

    /** The first value of {@code name}, null when there is none. */
    public @Nullable String field(String name) {
        List<String> values = fields(name);
        return values.isEmpty() ? null : values.getFirst();
    }

    public List<String> fields(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
