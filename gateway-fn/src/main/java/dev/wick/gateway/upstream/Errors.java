package dev.wick.gateway.upstream;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import org.jspecify.annotations.Nullable;

/** Connection errors in Envoy's words. */
final class Errors {

    private Errors() {}

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
