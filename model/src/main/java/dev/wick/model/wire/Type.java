package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A kind of value: one definition by which it is read, written and described. Immutable, shared by
 * all threads.
 *
 * @param <T> what it is in the model
 */
abstract class Type<T> {

    /**
     * Reads the value that begins with the current token, to its last; null where it was reported
     * as wrong.
     */
    abstract @Nullable T read(Reader in);

    abstract void write(T value, JsonGenerator out) throws IOException;

    /** Writes the JSON Schema of the value's own, without the braces. */
    abstract void describe(SchemaWriter out) throws IOException;

    /** What a message says that was expected, as {@code 1-65535}. */
    abstract String expected();

    /** Tells a value as settings: as one, unless it has fields. */
    void tell(T value, Telling out) {
        out.value(this, value);
    }

    /** Whether its values have fields, which are told one by one. */
    boolean hasFields() {
        return false;
    }

    /** Whether a canonical text leaves it out for saying nothing. */
    boolean isEmpty(T value) {
        return false;
    }
}
