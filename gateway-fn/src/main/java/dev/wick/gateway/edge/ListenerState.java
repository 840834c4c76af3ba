package dev.wick.gateway.edge;

/**
 * How a listener fares.
 *
 * @param address {@code address:port}; where it is bound, the very port
 * @param detail why it failed; empty where it has not
 */
public record ListenerState(String name, String address, State state, String detail) {

    /** What is true of the port. */
    public enum State {
        /** Accepts connections, and serves them. */
        OPEN("open"),
        /** Can't be bound; is tried again every few seconds. */
        FAILED("failed"),
        /** Accepts connections, which wait for the listener to be known; or is being bound. */
        WAITING("waiting");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** As it is reported. */
        public String word() {
            return word;
        }
    }
}
