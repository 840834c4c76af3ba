package dev.wick.model.wire;

import java.time.Duration;

/** Types of values that several shapes share. */
final class Texts {

    /** Longest time that a setting may have; nobody waits for a year. */
    static final Duration LONGEST = Duration.ofDays(365);

    /** Of another document. */
    static final Type<String> NAME = new Name(false);

    /** Whatever a header or a parameter could hold. */
    static final Type<String> ANY = Types.text(0, 16_384);

    static final Type<String> REGEX = Types.text(1, 4_096);

    static final Type<String> PATH = Types.text(1, 4_096, "^/", "a path that begins with /");

    private Texts() {}
}
