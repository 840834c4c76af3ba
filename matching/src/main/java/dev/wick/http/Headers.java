package dev.wick.http;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The headers of one message, in order. Mutable, confined to the event loop of its exchange. Names
 * are kept in lower case; values are Latin-1 octets without leading or trailing white space.
 */
public final class Headers {

    private String[] fields = new String[32];
    private int length;
    private @Nullable Spelling spelling;

    /** How their names were spelt where they came from; null where nobody kept that. */
    public @Nullable Spelling spelling() {
        return spelling;
    }

    public void spelling(Spelling learnt) {
        spelling = learnt;
    }

    /** How many fields there are. */
    public int size() {
        return length / 2;
    }

    /** The lower-case name of field {@code index}, 0 to {@code size() - 1}. */
    public String name(int index) {
        return fields[2 * index];
    }

    public String value(int index) {
        return fields[2 * index + 1];
    }

    /** The first value of a name, which must be in lower case, or null. */
    public @Nullable String get(String name) {
        for (int i = 0; i < length; i += 2) {
            if (fields[i].equals(name)) {
                return fields[i + 1];
            }
        }
        return null;
    }

    /**
     * All values of a name joined with a comma, as matching sees them, or null where there is none.
     */
    public @Nullable String joined(String name) {
        String first = null;
        StringBuilder more = null;
        for (int i = 0; i < length; i += 2) {
            if (fields[i].equals(name)) {
                if (first == null) {
                    first = fields[i + 1];
                } else {
                    if (more == null) {
                        more = new StringBuilder(first);
                    }
                    more.append(',').append(fields[i + 1]);
                }
            }
        }
        return more == null ? first : more.toString();
    }

    public boolean contains(String name) {
        return get(name) != null;
    }

    /** Appends a field; the name must be in lower case. */
    public void add(String name, String value) {
        if (length == fields.length) {
            fields = Arrays.copyOf(fields, 2 * length);
        }
        fields[length] = name;
        fields[length + 1] = value;
        length += 2;
    }

    /** Appends all fields of others. */
    public void addAll(Headers others) {
        int more = others.length;
        if (fields.length < length + more) {
            fields = Arrays.copyOf(fields, Math.max(2 * fields.length, length + more));
        }
        System.arraycopy(others.fields, 0, fields, length, more);
        length += more;
    }

    /** Leaves exactly one field of that name, at the place of the first. */
    public void set(String name, String value) {
        for (int i = 0; i < length; i += 2) {
            if (fields[i].equals(name)) {
                fields[i + 1] = value;
                removeFrom(i + 2, name);
                return;
            }
        }
        add(name, value);
    }

    /** Removes all fields of that name. */
    public void remove(String name) {
        removeFrom(0, name);
    }

    public void clear() {
        Arrays.fill(fields, 0, length, "");
        length = 0;
        spelling = null;
    }

    private void removeFrom(int start, String name) {
        int kept = start;
        for (int i = start; i < length; i += 2) {
            if (!fields[i].equals(name)) {
                fields[kept] = fields[i];
                fields[kept + 1] = fields[i + 1];
                kept += 2;
            }
        }
        Arrays.fill(fields, kept, length, "");
        length = kept;
    }
}
