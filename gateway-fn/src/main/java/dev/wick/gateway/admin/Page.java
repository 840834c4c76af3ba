package dev.wick.gateway.admin;

import dev.wick.gateway.edge.AdminRequest;
import dev.wick.gateway.edge.AdminResponse;

/**
 * One path of the admin port.
 *
 * @param changes whether it changes something: by POST only
 * @param says what it does, in a line
 */
record Page(String path, boolean changes, String says, Answer answer) {

    /** Answers a request for the path, on the admin thread. */
    interface Answer {
        AdminResponse answer(AdminRequest request);
    }

    boolean allows(String method) {
        return method.equals("POST")
                || (!changes && (method.equals("GET") || method.equals("HEAD")));
    }
}
