package dev.wick.model;

/**
 * A condition on a header. Of several values of one name one at least must pass the test, or none
 * with {@code invert}, as in Envoy. Where the header is missing only {@code present} can hold,
 * {@code invert} or not, unless {@code treatMissingHeaderAsEmpty}.
 *
 * @param name case does not matter
 * @param treatMissingHeaderAsEmpty whether a missing header counts as an empty one; not with {@code
 *     present}
 */
public record HeaderMatch(
        String name, ValueMatch value, boolean invert, boolean treatMissingHeaderAsEmpty) {

    public HeaderMatch(String name, ValueMatch value, boolean invert) {
        this(name, value, invert, false);
    }
}
