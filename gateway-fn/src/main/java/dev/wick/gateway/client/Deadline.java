package dev.wick.gateway.client;

import org.jspecify.annotations.Nullable;

/**
 * A point in time that is set and cleared for every request: arming and disarming cost a few
 * nanoseconds and allocate nothing. Confined to the loop that it was armed on.
 *
 * <p>Deadlines of one duration expire in the order in which they were armed, so each duration has
 * one list, appended to at its end and watched at its head.
 */
public abstract class Deadline {

    @Nullable DeadlineList list;
    @Nullable Deadline earlier;
    @Nullable Deadline later;
    long expiresNanos;

    /** It was not disarmed in time. Called once for each arming, on the loop. */
    protected abstract void expired();

    public final boolean armed() {
        return list != null;
    }

    /** Without effect where it is not armed. */
    public final void disarm() {
        DeadlineList armedIn = list;
        if (armedIn != null) {
            armedIn.remove(this);
        }
    }
}
