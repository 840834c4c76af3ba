package dev.wick.route;

import dev.wick.http.RequestHead;
import org.jspecify.annotations.Nullable;

/**
 * The value of a query parameter: the first of its name, not percent-decoded; one without {@code =}
 * is empty.
 */
final class QueryCondition extends Condition {

    private final String name;
    private final ValueTest test;

    QueryCondition(String name, ValueTest test) {
        this.name = name;
        this.test = test;
    }

    @Override
    boolean holds(RequestHead head) {
        String target = head.path();
        int end = queryEnd(target);
        int start = parameter(target, end);
        if (start < 0) {
            return test.holdsForMissing(false);
        }
        int valueEnd = valueEnd(target, start, end);
        return test.holds(target, valueStart(start, valueEnd), valueEnd);
    }

    /** Where the parameter begins, or -1. */
    private int parameter(String target, int end) {
        int start = target.indexOf('?') + 1;
        while (start > 0 && start < end) {
            if (target.startsWith(name, start)) {
                int after = start + name.length();
                if (after == end || after < end && separates(target.charAt(after))) {
                    return start;
                }
            }
            start = target.indexOf('&', start, end) + 1;
        }
        return -1;
    }

    private static boolean separates(char c) {
        return c == '=' || c == '&';
    }

    private static int queryEnd(String target) {
        int fragment = target.indexOf('#');
        return fragment < 0 ? target.length() : fragment;
    }

    private int valueStart(int start, int valueEnd) {
        return Math.min(start + name.length() + 1, valueEnd);
    }

    private int valueEnd(String target, int start, int end) {
        int separator = target.indexOf('&', start + name.length(), end);
        return separator < 0 ? end : separator;
    }

    @Override
    String subject() {
        return "query parameter " + name;
    }

    @Override
    @Nullable String value(RequestHead head) {
        String target = head.path();
        int end = queryEnd(target);
        int start = parameter(target, end);
        if (start < 0) {
            return null;
        }
        int valueEnd = valueEnd(target, start, end);
        return target.substring(valueStart(start, valueEnd), valueEnd);
    }

    @Override
    String expected() {
        return test.expected();
    }
}
