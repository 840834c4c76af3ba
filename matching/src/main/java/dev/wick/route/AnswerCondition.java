package dev.wick.route;

import dev.wick.http.Headers;

/** What is asked of a header of an answer. */
public final class AnswerCondition {

    private final String name;
    private final ValueTest test;
    private final boolean invert;
    private final boolean missingAsEmpty;

    /**
     * @param name in lower case
     * @param missingAsEmpty whether a missing header counts as an empty one
     */
    public AnswerCondition(String name, ValueTest test, boolean invert, boolean missingAsEmpty) {
        this.name = name;
        this.test = test;
        this.invert = invert;
        this.missingAsEmpty = missingAsEmpty;
    }

    public boolean holds(Headers headers) {
        String value = headers.joined(name);
        return test.holds(value == null && missingAsEmpty ? "" : value, invert);
    }
}
