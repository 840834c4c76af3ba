package dev.wick.route;

import dev.wick.http.Headers;

/** Changes to headers, made in the order remove, set, add. */
public final class HeaderChanges {

    public static final HeaderChanges NONE =
            new HeaderChanges(new String[0], new String[0], new String[0]);

    private final String[] remove;
    private final String[] set;
    private final String[] add;

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
    }

    void apply(Headers headers) {
        for (String name : remove) {
            headers.remove(name);
        }
        for (int i = 0; i < set.length; i += 2) {
            headers.set(set[i], set[i + 1]);
        }
        for (int i = 0; i < add.length; i += 2) {
            headers.add(add[i], add[i + 1]);
        }
    }
}
