package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A shape that is made when it is first met: for what few documents have, so that an instance that
 * starts does not pay for it. Safe for use by any thread; made twice by two at once, to no harm.
 */
final class Later<R> extends Type<R> {

    private final Supplier<? extends Type<R>> make;
    private volatile @Nullable Type<R> made;

    Later(Supplier<? extends Type<R>> make) {
        this.make = make;
    }

    private Type<R> type() {
        Type<R> known = made;
        if (known == null) {
            known = make.get();
            made = known;
        }
        return known;
    }

    @Override
    @Nullable R read(Reader in) {
        return type().read(in);
    }

    @Override
    void write(R value, JsonGenerator out) throws IOException {
        type().write(value, out);
    }

    @Override
    void describe(SchemaWriter out) throws IOException {
        type().describe(out);
    }

    @Override
    String expected() {
        return type().expected();
    }

    @Override
    void tell(R value, Telling out) {
        type().tell(value, out);
    }

    @Override
    boolean hasFields() {
        return type().hasFields();
    }

    @Override
    boolean isEmpty(R value) {
        return type().isEmpty(value);
    }
}
