package dev.wick.gateway.upstream;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a pool that have room for another request, the one that was used last at the
 * end. Confined to its loop.
 */
final class Ready {

    private final ArrayDeque<Connection> connections = new ArrayDeque<>();

    /** The one that was used last and is made as these settings say; null where there is none. */
    @Nullable Connection last(ConnectionSettings now) {
        Connection last = connections.peekLast();
        while (last != null && (last.room() <= 0 || last.settings != now)) {
            connections.pollLast();
            last.listed = false;
            if (last.settings != now) {
                last.drain();
                last.closeUnlessBusy();
            }
            last = connections.peekLast();
        }
        return last;
    }

    /** For how many requests there is room, on connections of which that is known. */
    long room() {
        long room = 0;
        for (Connection connection : connections) {
            room += connection.beginning ? 0 : Math.max(0, connection.room());
        }
        return room;
    }

    void add(Connection connection) {
        if (!connection.listed) {
            connection.listed = true;
            connections.addLast(connection);
        }
    }

    void remove(Connection connection) {
        if (connection.listed) {
            connection.listed = false;
            connections.removeLastOccurrence(connection);
        }
    }

    /** Closes those that carry nothing. */
    void closeIdle() {
        for (Connection connection : List.copyOf(connections)) {
            connection.closeUnlessBusy();
        }
    }
}
