package dev.wick.entry;

import dev.wick.http.RequestHead;
import org.jspecify.annotations.Nullable;

/** What an authority is read as: with or without port and trailing dot. Immutable. */
public final class HostRules {

    /** It is read as it is. */
    public static final HostRules NONE = new HostRules(false, false, false);

    private final boolean stripMatchingPort;
    private final boolean stripAnyPort;
    private final boolean stripDot;
    private final boolean none;

    public HostRules(boolean stripMatchingPort, boolean stripAnyPort, boolean stripDot) {
        this.stripMatchingPort = stripMatchingPort;
        this.stripAnyPort = stripAnyPort;
        this.stripDot = stripDot;
        this.none = !stripMatchingPort && !stripAnyPort && !stripDot;
    }

    /**
     * Puts into the head what its authority is read as.
     *
     * @param localPort of the listener
     */
    public void apply(RequestHead head, int localPort) {
        if (!none) {
            head.authority(of(head.authority(), localPort));
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HostRules rules
                && stripMatchingPort == rules.stripMatchingPort
                && stripAnyPort == rules.stripAnyPort
                && stripDot == rules.stripDot;
    }

    @Override
    public int hashCode() {
        return (stripMatchingPort ? 4 : 0) + (stripAnyPort ? 2 : 0) + (stripDot ? 1 : 0);
    }

    private String of(String authority, int localPort) {
        int colon = authority.lastIndexOf(':');
        int end = colon > authority.lastIndexOf(']') ? colon : authority.length();
        String name = authority.substring(0, end);
        String port = authority.substring(end);
        if (stripDot && name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        boolean strip = stripAnyPort || stripMatchingPort && port.equals(":" + localPort);
        return strip ? name : name + port;
    }
}
