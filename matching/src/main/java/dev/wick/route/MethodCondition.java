package dev.wick.route;

import dev.wick.http.RequestHead;

/** One of a few methods. */
final class MethodCondition extends Condition {

    private final String[] methods;

    MethodCondition(String[] methods) {
        this.methods = methods.clone();
    }

    @Override
    boolean holds(RequestHead head) {
        String sent = head.method();
        for (String method : methods) {
            if (method.equals(sent)) {
                return true;
            }
        }
        return false;
    }

    @Override
    String subject() {
        return "method";
    }

    @Override
    String value(RequestHead head) {
        return head.method();
    }

    @Override
    String expected() {
        return String.join(" or ", methods);
    }
}
