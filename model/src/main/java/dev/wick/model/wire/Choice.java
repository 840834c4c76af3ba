package dev.wick.model.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Fields of which exactly one is there, each standing for one variant.
 *
 * @param <V> the sealed type of the variants
 */
final class Choice<V> {

    /**
     * One variant.
     *
     * @param wrap makes the variant of what was read
     * @param part gives what is written of a variant; null if it is another
     */
    record Variant<V, T>(
            String name,
            String says,
            Type<T> type,
            Function<T, ? extends V> wrap,
            Function<V, @Nullable T> part) {}

    final List<Variant<V, ?>> variants = new ArrayList<>();

    <T> Choice<V> or(
            String name,
            Type<T> type,
            Function<T, ? extends V> wrap,
            Function<V, @Nullable T> part,
            String says) {
        variants.add(new Variant<>(name, says, type, wrap, part));
        return this;
    }
}
