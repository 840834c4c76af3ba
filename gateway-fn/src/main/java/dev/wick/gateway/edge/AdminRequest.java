package dev.wick.gateway.edge;

import java.nio.charset.StandardCharsets;

/**
 * A request to the admin port.
 *
 * @param path without its query
 * @param query what follows the {@code ?}, not decoded; empty for none
 * @param body whole
 */
public record AdminRequest(String method, String path, String query, byte[] body) {

    static AdminRequest of(String method, String target, byte[] body) {
        int question = target.indexOf('?');
        return question < 0
                ? new AdminRequest(method, target, "", body)
                : new AdminRequest(
                        method,
                        target.substring(0, question),
                        target.substring(question + 1),
                        body);
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
