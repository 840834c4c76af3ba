package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import dev.wick.model.check.Findings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object and the record that they make. The order of the fields is the order of
 * the canonical text.
 *
 * @param <R> the record
 */
final class Shape<R> extends Type<R> {

    private final String name;
    private final String says;
    private final List<Field<R, ?>> fields;
    private final Map<String, Field<R, ?>> byName;
    private final @Nullable Object[] defaults;
    private final List<List<String>> needed;
    private final List<List<String>> exclusive;
    private final boolean hides;
    private final Predicate<R> empty;
    private final @Nullable BiConsumer<R, Findings> rule;
    private final Function<@Nullable Object[], R> make;

    Shape(ShapeBuilder<R> from, Function<@Nullable Object[], R> make) {
        this.name = from.name;
        this.says = from.says;
        this.fields = from.fields;
        this.byName = new HashMap<>();
        for (Field<R, ?> field : fields) {
            byName.put(field.name, field);
        }
        this.defaults = from.defaults.toArray();
        this.needed = from.needed;
        this.exclusive = from.exclusive;
        this.empty = from.empty;
        this.rule = from.rule;
        this.make = make;
        this.hides = !secrets().isEmpty();
    }

    String name() {
        return name;
    }

    /** Names of the fields whose texts are never shown. */
    Set<String> secrets() {
        Set<String> names = new HashSet<>();
        for (Field<R, ?> field : fields) {
            if (field.type instanceof Text text && text.isSecret()) {
                names.add(field.name);
            }
        }
        return names;
    }

    /**
     * Reads all fields whatever is wrong with some. The record is made, for its sake and that of
     * what holds it, if everything that it needs was read, and an optional field that was not
     * counts as absent: who reads on after a problem must not keep what was read.
     */
    @Override
    @Nullable R read(Reader in) {
        if (in.current() != JsonToken.START_OBJECT) {
            in.wrong(expected());
            return null;
        }
        @Nullable Object[] values = defaults.clone();
        List<String> seen = new ArrayList<>(fields.size());
        while (in.next() != JsonToken.END_OBJECT) {
            String field = in.text();
            in.findings().enter(field);
            in.next();
            readField(field, in, values, seen);
            in.findings().leave();
            in.hide(false);
        }
        boolean whole = true;
        for (int slot = 0; slot < values.length; slot++) {
            whole &= isThere(slot, in, values, seen);
        }
        for (List<String> names : exclusive) {
            refuseSeveral(names, in, seen, "at most one of ");
        }
        if (!whole) {
            return null;
        }
        R record = make.apply(values);
        if (rule != null && in.checked()) {
            rule.accept(record, in.findings());
        }
        return record;
    }

    private void readField(String field, Reader in, @Nullable Object[] values, List<String> seen) {
        Field<R, ?> known = byName.get(field);
        in.hide(hides && !field.equals("kind") && !field.equals("name"));
        if (known == null) {
            in.wrong("a field of " + name + ": " + String.join(", ", fieldNames()));
        } else if (seen.contains(field)) {
            in.wrong("each field once");
        } else if (!in.refused()) {
            if (in.current() == JsonToken.VALUE_NULL) {
                return; // as if it were not there: what stands behind `routes:` may be commented
                // out
            }
            seen.add(field);
            known.read(in, values);
        } else {
            seen.add(field);
        }
    }

    /**
     * Whether a slot holds what the record needs; reports what was not written at all, or too
     * often.
     */
    private boolean isThere(int slot, Reader in, @Nullable Object[] values, List<String> seen) {
        List<String> names = needed.get(slot);
        if (names.isEmpty()) {
            return true;
        }
        if (names.size() > 1) {
            refuseSeveral(names, in, seen, "exactly one of ");
        }
        for (String field : names) {
            if (seen.contains(field)) {
                return values[slot] != null;
            }
        }
        if (names.size() > 1) {
            in.report("", "exactly one of " + String.join(", ", names));
            return false;
        }
        String given = in.given(names.getFirst());
        if (given != null) {
            values[slot] = given;
            return true;
        }
        Field<R, ?> field = byName.get(names.getFirst());
        in.report(names.getFirst(), "", field == null ? "" : field.type.expected());
        return false;
    }

    private static void refuseSeveral(
            List<String> names, Reader in, List<String> seen, String expected) {
        List<String> there = new ArrayList<>(names);
        there.retainAll(seen);
        if (there.size() > 1) {
            in.report(String.join(", ", there), expected + String.join(", ", names));
        }
    }

    private List<String> fieldNames() {
        List<String> names = new ArrayList<>();
        for (Field<R, ?> field : fields) {
            names.add(field.name);
        }
        return names;
    }

    @Override
    void write(R value, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (Field<R, ?> field : fields) {
            field.write(value, out);
        }
        out.writeEndObject();
    }

    @Override
    void tell(R value, Telling out) {
        for (Field<R, ?> field : fields) {
            field.tell(value, needed.get(field.slot).size() > 1, out);
        }
    }

    @Override
    boolean hasFields() {
        return true;
    }

    @Override
    boolean isEmpty(R value) {
        return empty.test(value);
    }

    @Override
    void describe(SchemaWriter out) throws IOException {
        out.refer(this);
    }

    /** Writes what {@link #describe} refers to. */
    void define(SchemaWriter out) throws IOException {
        out.open(name);
        out.text("type", "object");
        out.text("description", says);
        out.open("properties");
        for (Field<R, ?> field : fields) {
            field.describe(out);
        }
        out.close();
        List<String> always = new ArrayList<>();
        for (Field<R, ?> field : fields) {
            if (field.required) {
                always.add(field.name);
            }
        }
        if (!always.isEmpty()) {
            out.texts("required", always);
        }
        for (List<String> names : needed) {
            if (names.size() > 1) {
                defineOneOf(names, out);
            }
        }
        if (!exclusive.isEmpty()) {
            defineExclusive(out);
        }
        out.truth("additionalProperties", false);
        out.close();
    }

    private void defineExclusive(SchemaWriter out) throws IOException {
        out.openList("allOf");
        for (List<String> names : exclusive) {
            for (int i = 1; i < names.size(); i++) {
                for (int j = 0; j < i; j++) {
                    out.open();
                    out.open("not");
                    out.texts("required", List.of(names.get(j), names.get(i)));
                    out.close();
                    out.close();
                }
            }
        }
        out.closeList();
    }

    private static void defineOneOf(List<String> names, SchemaWriter out) throws IOException {
        out.openList("oneOf");
        for (String field : names) {
            out.open();
            out.texts("required", List.of(field));
            out.close();
        }
        out.closeList();
    }

    @Override
    String expected() {
        return name + ": " + String.join(", ", fieldNames());
    }
}
