package dev.wick.route;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which upgrades are let through, by a listener or by a route; what a route says of a type comes
 * before what its listener says. Immutable.
 */
public final class UpgradeRules {

    /** What CONNECT is called here. */
    public static final String CONNECT = "CONNECT";

    /** Says nothing of any type. */
    public static final UpgradeRules NONE = new UpgradeRules(new String[0], new boolean[0], null);

    private final String[] types;
    private final boolean[] enabled;
    private final @Nullable ConnectConfig connect;

    /**
     * @param types without regard to case, each once
     * @param enabled as many: whether it is let through
     * @param connect whether CONNECT ends at the gateway; null: it goes on as it is
     */
    public UpgradeRules(String[] types, boolean[] enabled, @Nullable ConnectConfig connect) {
        this.types = types.clone();
        this.enabled = enabled.clone();
        this.connect = connect;
    }

    /**
     * Whether a request for an upgrade goes on.
     *
     * @param type as the request names it
     * @param route what its route says; null where it has none
     * @param listener what its listener says
     */
    public static boolean allowed(
            String type, @Nullable UpgradeRules route, UpgradeRules listener) {
        int place = route == null ? -1 : route.place(type);
        if (route != null && place >= 0) {
            return route.enabled[place];
        }
        place = listener.place(type);
        return place >= 0 && listener.enabled[place];
    }

    /** Which requests end at the gateway; null: none. */
    public @Nullable ConnectConfig connect() {
        return connect;
    }

    private int place(String type) {
        for (int i = 0; i < types.length; i++) {
            if (types[i].equalsIgnoreCase(type)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UpgradeRules that
                && Arrays.equals(types, that.types)
                && Arrays.equals(enabled, that.enabled)
                && Objects.equals(connect, that.connect);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(types);
    }
}
