package dev.wick.gateway.admin;

/** A query that asks for what there is not; the message is for the client. */
final class QueryException extends RuntimeException {

    private static final long serialVersionUID = 1;

    QueryException(String message) {
        super(message);
    }
}
