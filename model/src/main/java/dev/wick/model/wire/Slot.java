package dev.wick.model.wire;

import org.jspecify.annotations.Nullable;

/**
 * Where the value of a field waits, among the values that were read, until its record is made.
 *
 * @param <T> its type; nullable where the field may be absent and has no default
 */
final class Slot<T extends @Nullable Object> {

    private final int index;

    Slot(int index) {
        this.index = index;
    }

    /** The value; the shape has seen to it that there is one of the type. */
    @SuppressWarnings({"unchecked", "NullAway"})
    T of(@Nullable Object[] values) {
        return (T) values[index];
    }
}
