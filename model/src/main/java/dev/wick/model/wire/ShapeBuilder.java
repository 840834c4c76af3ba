package dev.wick.model.wire;

import dev.wick.model.check.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Takes the fields of a shape, in the order in which they are written. */
final class ShapeBuilder<R> {

    private static final String NONE = "none";

    final String name;
    final String says;
    final List<Field<R, ?>> fields = new ArrayList<>();

    /** Per slot, what it holds where nothing was read. */
    final List<@Nullable Object> defaults = new ArrayList<>();

    /** Per slot, the fields of which exactly one is needed; empty where none is. */
    final List<List<String>> needed = new ArrayList<>();

    final List<List<String>> exclusive = new ArrayList<>();
    Predicate<R> empty = record -> false;
    @Nullable BiConsumer<R, Findings> rule;

    ShapeBuilder(String name, String says) {
        this.name = name;
        this.says = says;
    }

    private int slot(@Nullable Object whenAbsent, List<String> oneNeeded) {
        defaults.add(whenAbsent);
        needed.add(oneNeeded);
        return defaults.size() - 1;
    }

    /** A field that always says the same. */
    void constant(String field, String text, String fieldSays) {
        int slot = slot(text, List.of());
        fields.add(
                new Field<>(
                        field,
                        fieldSays,
                        new Constant(text),
                        slot,
                        t -> t,
                        r -> text,
                        null,
                        true,
                        NONE));
    }

    <T> Slot<T> required(
            String field, Type<T> type, Function<R, @Nullable T> value, String fieldSays) {
        int slot = slot(null, List.of(field));
        fields.add(new Field<R, T>(field, fieldSays, type, slot, t -> t, value, null, true, NONE));
        return new Slot<>(slot);
    }

    <T> Slot<T> optional(
            String field,
            Type<T> type,
            Function<R, @Nullable T> value,
            T whenAbsent,
            String fieldSays) {
        return optional(field, type, value, whenAbsent, fieldSays, NONE);
    }

    /**
     * @param otherwise what an empty list means, for explanations
     */
    <T> Slot<T> optional(
            String field,
            Type<T> type,
            Function<R, @Nullable T> value,
            T whenAbsent,
            String fieldSays,
            String otherwise) {
        int slot = slot(whenAbsent, List.of());
        fields.add(
                new Field<R, T>(
                        field, fieldSays, type, slot, t -> t, value, whenAbsent, false, otherwise));
        return new Slot<>(slot);
    }

    <T> Slot<@Nullable T> nullable(
            String field, Type<T> type, Function<R, @Nullable T> value, String fieldSays) {
        return nullable(field, type, value, fieldSays, NONE);
    }

    /**
     * @param otherwise what holds where it is absent, for explanations
     */
    <T> Slot<@Nullable T> nullable(
            String field,
            Type<T> type,
            Function<R, @Nullable T> value,
            String fieldSays,
            String otherwise) {
        int slot = slot(null, List.of());
        fields.add(
                new Field<R, T>(
                        field, fieldSays, type, slot, t -> t, value, null, false, otherwise));
        return new Slot<>(slot);
    }

    <V> Slot<V> oneOf(Choice<V> choice, Function<R, V> value) {
        List<String> names = new ArrayList<>();
        for (Choice.Variant<V, ?> variant : choice.variants) {
            names.add(variant.name());
        }
        int slot = slot(null, List.copyOf(names));
        for (Choice.Variant<V, ?> variant : choice.variants) {
            fields.add(field(variant, slot, value));
        }
        return new Slot<>(slot);
    }

    private <V, T> Field<R, T> field(Choice.Variant<V, T> variant, int slot, Function<R, V> value) {
        return new Field<R, T>(
                variant.name(),
                variant.says(),
                variant.type(),
                slot,
                variant.wrap(),
                record -> variant.part().apply(value.apply(record)),
                null,
                false,
                NONE);
    }

    /** At most one of these may be there. */
    void atMostOne(String... names) {
        exclusive.add(List.of(names));
    }

    /**
     * What holds within one record beyond the shapes of its fields; records within it have rules of
     * their own.
     */
    void rule(BiConsumer<R, Findings> holds) {
        rule = holds;
    }

    /** Which records say nothing, so that the field that holds one is left out. */
    void emptyWhen(Predicate<R> saysNothing) {
        empty = saysNothing;
    }

    Shape<R> make(Function<@Nullable Object[], R> make) {
        return new Shape<>(this, make);
    }
}
