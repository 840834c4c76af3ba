package dev.wick.route;

import dev.wick.http.RequestHead;
import org.jspecify.annotations.Nullable;

/** The value of a cookie: the first of its name. */
final class CookieCondition extends Condition {

    private final String name;
    private final ValueTest test;
    private final boolean invert;

    CookieCondition(String name, ValueTest test, boolean invert) {
        this.name = name;
        this.test = test;
        this.invert = invert;
    }

    @Override
    boolean holds(RequestHead head) {
        String value = value(head);
        boolean held =
                value == null ? test.holdsForMissing(false) : test.holds(value, 0, value.length());
        return held != invert;
    }

    @Override
    String subject() {
        return "cookie " + name;
    }

    @Override
    @Nullable String value(RequestHead head) {
        return Cookies.value(head.headers(), name);
    }

    @Override
    String expected() {
        return (invert ? "not " : "") + test.expected();
    }
}
