package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

/**
 * A text as a row of tokens, named as Jackson names them, whatever it is written in. {@code
 * VALUE_EMBEDDED_OBJECT} stands for a value that cannot be read: {@link #refusal} says why. Used by
 * one thread.
 */
interface Tokens {

    /**
     * Steps to the next token; null at the end of the text.
     *
     * @throws WireException where the text breaks the syntax it is written in; nothing can be read
     *     after that
     */
    @Nullable JsonToken next();

    /** The text of a scalar or the name of a field, as it is written (a number keeps its form). */
    String text();

    /**
     * Why the value that begins with this token is refused whatever it is, as {@code no anchor};
     * null where it is not.
     */
    @Nullable String refusal();

    /** What the text is called. */
    String source();

    /** The line on which the token begins, counted from 1. */
    int line();
}
