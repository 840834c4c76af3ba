package dev.wick.gateway.upstream;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.Nullable;

/** Connection errors in Envoy's words. */
final class Errors {

    private Errors() {}

    /** What a handler caught: errors of the network are expected, all others are bugs of ours. */
    static void caught(@Nullable Throwable cause) {
        // The second is how epoll tells of a connection that was refused or reset as it was made.
        boolean expected =
                cause instanceof IOException || cause instanceof NotYetConnectedException;
        if (cause != null && !expected) {
            System.getLogger("dev.wick.gateway.upstream")
                    .log(Level.ERROR, "closing a connection to a host after a fault", cause);
        }
    }

    static String connecting(@Nullable Throwable cause) {
        if (cause instanceof NoRouteToHostException) {
            return "delayed connect error: No route to host";
        }
        if (cause instanceof ConnectException) {
            String message = cause.getMessage();
            if (message != null && message.contains("unreachable")) {
                return "immediate connect error: Network is unreachable";
            }
            return "delayed connect error: Connection refused";
        }
        return "delayed connect error: " + (cause == null ? "closed" : cause.getMessage());
    }
}
