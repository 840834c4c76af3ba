package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
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

    Field(
            String name,
            String says,
            Type<T> type,
            int slot,
            Function<T, ?> wrap,
            Function<R, @Nullable T> value,
            @Nullable T whenAbsent,
            boolean required) {
        this.name = name;
        this.says = says;
        this.type = type;
        this.slot = slot;
        this.wrap = wrap;
        this.value = value;
        this.whenAbsent = whenAbsent;
        this.required = required;
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

    private boolean saysNothing(T written) {
        return type.isEmpty(written) || (whenAbsent != null && whenAbsent.equals(written));
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
