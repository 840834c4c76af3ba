package dev.wick.gateway.compile;

import dev.wick.model.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a document: what it was built to, or all the problems that stand in its way.
 *
 * @param <T> what documents of its kind are built to
 */
public final class Built<T> {

    private final @Nullable T value;
    private final List<Problem> problems;

    private Built(@Nullable T value, List<Problem> problems) {
        this.value = value;
        this.problems = problems;
    }

    static <T> Built<T> of(T value) {
        return new Built<>(value, List.of());
    }

    /** Problems; at least one. */
    public static <T> Built<T> refused(List<Problem> problems) {
        return new Built<>(null, List.copyOf(problems));
    }

    /** Null exactly where there are problems. */
    public @Nullable T value() {
        return value;
    }

    /** Empty exactly where there is a value. */
    public List<Problem> problems() {
        return problems;
    }
}
