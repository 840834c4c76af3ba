package dev.wick.gateway.draw;

import dev.wick.model.Listener;
import java.util.List;

/** Hears of the listener set, on the loop of the {@link Draw}. */
public interface ListenersDrawn {

    /** What it is now. */
    void listeners(List<Listener> listeners);

    /**
     * It could not be drawn in the time that a request may wait, and there is no copy; it will come
     * when the store answers.
     */
    void unknown();
}
