package dev.wick.route;

import org.jspecify.annotations.Nullable;

/** Which redirects of a host are followed here. Immutable. */
public final class InternalRedirects {

    private final int most;
    private final int[] statuses;
    private final boolean crossScheme;
    private final boolean noneTwice;
    private final String[] allowed;
    private final boolean safeCrossScheme;
    private final String[] copied;

    /**
     * @param most how many in a row
     * @param statuses those that are followed
     * @param crossScheme whether the scheme may change
     * @param noneTwice whether no route may be met twice
     * @param allowed names of routes that may be met; empty: any
     * @param safeCrossScheme whether http may not become https
     * @param copied lower-case names of headers that go from the redirect into the next request
     */
    public InternalRedirects(
            int most,
            int[] statuses,
            boolean crossScheme,
            boolean noneTwice,
            String[] allowed,
            boolean safeCrossScheme,
            String[] copied) {
        this.most = most;
        this.statuses = statuses.clone();
        this.crossScheme = crossScheme;
        this.noneTwice = noneTwice;
        this.allowed = allowed.clone();
        this.safeCrossScheme = safeCrossScheme;
        this.copied = copied.clone();
    }

    /** How many in a row. */
    public int most() {
        return most;
    }

    /** Whether an answer may be followed. */
    public boolean takes(int status) {
        for (int each : statuses) {
            if (each == status) {
                return true;
            }
        }
        return false;
    }

    /** Whether a request by one scheme may become one by another. */
    public boolean takes(String from, String to) {
        return from.equals(to) || (crossScheme && !(safeCrossScheme && from.equals("http")));
    }

    /** Whether no route may be met twice. */
    public boolean noneTwice() {
        return noneTwice;
    }

    /** Whether a route of that name may be met. */
    public boolean allows(@Nullable String route) {
        for (String each : allowed) {
            if (each.equals(route)) {
                return true;
            }
        }
        return allowed.length == 0;
    }

    /** Lower-case names of headers that go from the redirect into the next request. */
    public String[] copied() {
        return copied.clone();
    }
}
