package dev.wick.gateway.admin;

/** What Envoy calls the state of a server. */
enum ServerState {
    LIVE(0),
    DRAINING(1),
    PRE_INITIALIZING(2);

    private final int number;

    ServerState(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
