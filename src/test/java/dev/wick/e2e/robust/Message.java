package dev.wick.e2e.robust;

/**
 * A request as a host may see it.
 *
 * @param target in origin form
 * @param body without its framing; of one that broke off, what had come
 */
record Message(String method, String target, String host, String body) {

    /** Whether this, at a host, may be the beginning of {@code whole}. */
    boolean begins(Message whole) {
        return method.equals(whole.method)
                && target.equals(whole.target)
                && host.equals(whole.host)
                && whole.body.startsWith(body);
    }
}
