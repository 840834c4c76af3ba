package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.wick.model.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What changes between two states of one document, field by field, for a person to read. Texts that
 * are secret are told to have changed, and no more. Elements at the begin and at the end of a list
 * that are equal on both sides are passed over; those between are compared by their places.
 */
public final class Difference {

    private static final String SECRET = "(redacted)";
    private static final String SECRET_CHANGED = "(changed)";

    private final Set<String> secrets;
    private final List<FieldChange> changes = new ArrayList<>();

    private Difference(Set<String> secrets) {
        this.secrets = secrets;
    }

    /**
     * Compares two states.
     *
     * @param before canonical JSON; null: the document is new
     * @param after canonical JSON; null: the document is deleted
     * @return in the order of the fields; kind and name are left out
     */
    public static List<FieldChange> of(byte @Nullable [] before, byte @Nullable [] after) {
        Object old = before == null ? new LinkedHashMap<>() : tree(before);
        Object now = after == null ? new LinkedHashMap<>() : tree(after);
        Difference difference = new Difference(secrets(after == null ? old : now));
        difference.compare("", withoutKey(old), withoutKey(now));
        return difference.changes;
    }

    private static Set<String> secrets(Object document) {
        Object spelling = document instanceof Map<?, ?> fields ? fields.get("kind") : null;
        Kind kind = spelling == null ? null : Kind.spelled(spelling.toString());
        return kind == null ? Set.of() : Shapes.of(kind).secrets();
    }

    private static Object withoutKey(Object document) {
        if (!(document instanceof Map<?, ?> fields)) {
            return document;
        }
        Map<Object, Object> rest = new LinkedHashMap<>(fields);
        rest.remove("kind");
        rest.remove("name");
        return rest;
    }

    private void compare(String path, @Nullable Object before, @Nullable Object after) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (secrets.contains(path)) {
            changes.add(
                    new FieldChange(
                            path,
                            before == null ? null : SECRET,
                            after == null ? null : before == null ? SECRET : SECRET_CHANGED));
        } else if (isAny(Map.class, before, after)) {
            compareFields(path, fields(before), fields(after));
        } else if (isAny(List.class, before, after)) {
            compareElements(path, elements(before), elements(after));
        } else {
            changes.add(new FieldChange(path, text(before), text(after)));
        }
    }

    /** Whether both are of a type, or the one that is there. An empty one is a value of its own. */
    private static boolean isAny(Class<?> type, @Nullable Object before, @Nullable Object after) {
        boolean filled = !isEmpty(before) || !isEmpty(after);
        return filled
                && (before == null || type.isInstance(before))
                && (after == null || type.isInstance(after));
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == null
                || (value instanceof Map<?, ?> map && map.isEmpty())
                || (value instanceof List<?> list && list.isEmpty());
    }

    private static Map<?, ?> fields(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> elements(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private void compareFields(String path, Map<?, ?> before, Map<?, ?> after) {
        Set<Object> names = new LinkedHashSet<>(after.keySet());
        names.addAll(before.keySet());
        for (Object name : names) {
            String field = path.isEmpty() ? name.toString() : path + "." + name;
            compare(field, before.get(name), after.get(name));
        }
    }

    private void compareElements(String path, List<?> before, List<?> after) {
        int shorter = Math.min(before.size(), after.size());
        int begin = 0;
        while (begin < shorter && before.get(begin).equals(after.get(begin))) {
            begin++;
        }
        int end = 0;
        while (end < shorter - begin
                && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        int oldEnd = before.size() - end;
        int newEnd = after.size() - end;
        for (int i = begin; i < Math.max(oldEnd, newEnd); i++) {
            compare(
                    path + "[" + i + "]",
                    i < oldEnd ? before.get(i) : null,
                    i < newEnd ? after.get(i) : null);
        }
    }

    private static Object tree(byte[] json) {
        try (JsonParser parser = Json.parser(json)) {
            parser.nextToken();
            return value(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An object as a map, a list as a list, all else as its text. */
    private static Object value(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> fields = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, value(parser));
            }
            return fields;
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Object> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser));
            }
            return elements;
        }
        return parser.getText();
    }
}
