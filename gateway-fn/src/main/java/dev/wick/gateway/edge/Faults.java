package dev.wick.gateway.edge;

import java.io.IOException;
import java.lang.System.Logger.Level;

/** What handlers do with exceptions: those of the network are expected, all others are bugs. */
final class Faults {

    private Faults() {}

    static void caught(Throwable cause) {
        if (!(cause instanceof IOException)) {
            System.getLogger("dev.wick.gateway.edge")
                    .log(Level.ERROR, "closing a connection after a fault", cause);
        }
    }
}
