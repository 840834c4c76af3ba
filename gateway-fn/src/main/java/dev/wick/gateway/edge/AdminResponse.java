package dev.wick.gateway.edge;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The answer of the admin port.
 *
 * @param headers further fields; names in lower case
 */
public record AdminResponse(
        int status, String contentType, byte[] body, Map<String, String> headers) {

    public AdminResponse {
        headers = Map.copyOf(headers);
    }

    /** Plain text. */
    public static AdminResponse text(int status, String text) {
        return new AdminResponse(
                status,
                "text/plain; charset=UTF-8",
                text.getBytes(StandardCharsets.UTF_8),
                Map.of());
    }

    /** JSON. */
    public static AdminResponse json(int status, byte[] json) {
        return new AdminResponse(status, "application/json", json, Map.of());
    }
}
