package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One field of a shape.
 *
 * @param <R> the record whose shape it is in
 * @param <T> what its text is read into
 */
final class Field<R, T> {

    final String name;
    final String says;
    final Type<T> type;

    /** Where its value waits; several fields share one if at most one of them may be there. */
    final int slot;

    /** What is put there, of what was read. */
    private final Function<T, ?> wrap;

    /** What is written, of the record; null: nothing. */
    private final Function<R, @Nullable T> value;

    final @Nullable T whenAbsent;
    final boolean required;

    /** What holds where it is absent and has no default value, or an empty one. */
    private final String otherwise;

    Field(
            String name,
            String says,
            Type<T> type,
            int slot,
            Function<T, ?> wrap,
            Function<R, @Nullable T> value,
            @Nullable T whenAbsent,
            boolean required,
            String otherwise) {
        this.name = name;
        this.says = says;
        this.type = type;
        this.slot = slot;
        this.wrap = wrap;
        this.value = value;
        this.whenAbsent = whenAbsent;
        this.required = required;
        this.otherwise = otherwise;
    }

    /** Reads the value into its slot; false where it was reported as wrong. */
    boolean read(Reader in, @Nullable Object[] values) {
        T read = type.read(in);
        if (read == null) {
            return false;
        }
        values[slot] = wrap.apply(read);
        return true;
    }

    /** Writes the field, unless it says nothing that its absence does not. */
    void write(R record, JsonGenerator out) throws IOException {
        T written = value.apply(record);
        if (written != null && (required || !saysNothing(written))) {
            out.writeFieldName(name);
            type.write(written, out);
        }
    }

    /**
     * Tells what the field comes to, whether it is written or not.
     *
     * @param oneOfSeveral whether it is silent where another stands in its place
     */
    void tell(R record, boolean oneOfSeveral, Telling out) {
        T written = value.apply(record);
        T told = written == null ? whenAbsent : written;
        if (type instanceof Constant) {
            return;
        }
        if (told != null) {
            boolean isSaid = written != null && (required || !saysNothing(written));
            out.within(name, isSaid, () -> tell(told, out));
        } else if (!oneOfSeveral) {
            out.within(name, false, () -> out.words(otherwise));
        }
    }

    private void tell(T told, Telling out) {
        boolean none =
                told instanceof List<?> list && list.isEmpty()
                        || told instanceof Map<?, ?> map && map.isEmpty();
        if (none) {
            out.words(otherwise);
        } else {
            type.tell(told, out);
        }
    }

    /** Where absence means nothing at all, even what is empty says something: that it is there. */
    private boolean saysNothing(T written) {
        return whenAbsent != null && (type.isEmpty(written) || whenAbsent.equals(written));
    }

    void describe(SchemaWriter out) throws IOException {
        out.open(name);
        type.describe(out);
        out.text("description", says);
        if (whenAbsent != null && !type.isEmpty(whenAbsent)) {
            out.value("default", type, whenAbsent);
        }
        out.close();
    }
}
