package dev.wick.route;

import dev.wick.http.RequestHead;

/** Which requests of a virtual host are counted by themselves. Immutable. */
public final class VirtualClusters {

    /** What falls into none. */
    private static final String OTHER = "other";

    private final String[] names;
    private final Condition[][] conditions;
    private final String[] keys;

    /**
     * @param host the virtual host's name
     * @param conditions for each name, those that all hold
     */
    public VirtualClusters(String host, String[] names, Condition[][] conditions) {
        this.names = new String[names.length + 1];
        this.keys = new String[names.length + 1];
        this.conditions = conditions.clone();
        for (int i = 0; i <= names.length; i++) {
            this.names[i] = i == names.length ? OTHER : names[i];
            this.keys[i] = host + ".vcluster." + this.names[i];
        }
    }

    /** The place of the first that a request falls into, for {@link #name} and {@link #key}. */
    public int place(RequestHead head) {
        int place = 0;
        while (place < conditions.length && !hold(conditions[place], head)) {
            place++;
        }
        return place;
    }

    private static boolean hold(Condition[] all, RequestHead head) {
        for (Condition condition : all) {
            if (!condition.holds(head)) {
                return false;
            }
        }
        return true;
    }

    /** As the log prints it; empty for what falls into none. */
    public String name(int place) {
        return place == conditions.length ? "" : names[place];
    }

    /** Virtual host and name, as {@code shop.vcluster.logins}. */
    public String key(int place) {
        return keys[place];
    }
}
