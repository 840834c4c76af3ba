package dev.wick.gateway.boot;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Who ends the gateway when the process ends: whoever comes first of a signal and of Quarkus, which
 * starts later than the gateway and ends it from then on. Both at once would wait for each other.
 */
final class Ending {

    private enum State {
        SERVING,
        LEFT_TO_QUARKUS,
        BEGUN
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.SERVING);
    private final Runnable stop;

    /**
     * @param stop ends the gateway; blocks until that is done
     */
    Ending(Runnable stop) {
        this.stop = stop;
    }

    /** Ends the gateway with the process, unless that is left to Quarkus by then. */
    void watch() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::begin, "stop"));
    }

    private void begin() {
        if (state.compareAndSet(State.SERVING, State.BEGUN)) {
            stop.run();
        }
    }

    /** Quarkus will end the gateway; false where the end has begun already. */
    boolean leaveToQuarkus() {
        return state.compareAndSet(State.SERVING, State.LEFT_TO_QUARKUS);
    }

    boolean begun() {
        return state.get() == State.BEGUN;
    }
}
