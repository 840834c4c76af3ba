package dev.wick.route;

import dev.wick.format.Facts;
import dev.wick.http.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Changes to headers, made in the order remove, set, add. Immutable. Where all is literal it is a
 * walk through arrays.
 */
public final class HeaderChanges {

    public static final HeaderChanges NONE =
            new HeaderChanges(new String[0], new String[0], new String[0]);

    private final String[] remove;
    private final String[] set;
    private final String[] add;
    private final HeaderChange @Nullable [] formatted;

    /**
     * Names are in lower case, values octets.
     *
     * @param remove names
     * @param set name, value, name, value ...
     * @param add name, value, name, value ...
     */
    public HeaderChanges(String[] remove, String[] set, String[] add) {
        this.remove = remove.clone();
        this.set = set.clone();
        this.add = add.clone();
        this.formatted = null;
    }

    /**
     * @param remove names in lower case
     * @param formatted what is set or added, in order
     */
    public HeaderChanges(String[] remove, HeaderChange[] formatted) {
        this.remove = remove.clone();
        this.set = new String[0];
        this.add = new String[0];
        this.formatted = formatted.clone();
    }

    /** Makes the changes; what values are made of is asked for before the first is set. */
    public void apply(Headers headers, Facts facts) {
        for (String name : remove) {
            headers.remove(name);
        }
        if (formatted != null) {
            apply(formatted, headers, facts);
            return;
        }
        for (int i = 0; i < set.length; i += 2) {
            Fields.set(headers, set[i], set[i + 1]);
        }
        for (int i = 0; i < add.length; i += 2) {
            Fields.add(headers, add[i], add[i + 1]);
        }
    }

    private static void apply(HeaderChange[] changes, Headers headers, Facts facts) {
        @Nullable String[] values = new String[changes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = changes[i].value(headers, facts);
        }
        for (int i = 0; i < values.length; i++) {
            String value = values[i];
            if (value != null && changes[i].overwrites()) {
                Fields.set(headers, changes[i].name(), value);
            }
        }
        for (int i = 0; i < values.length; i++) {
            String value = values[i];
            if (value != null && !changes[i].overwrites()) {
                Fields.add(headers, changes[i].name(), value);
            }
        }
    }
}
