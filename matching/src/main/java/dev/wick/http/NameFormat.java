package dev.wick.http;

/**
 * How the names of header fields are spelt in HTTP/1 with one side: Envoy's {@code
 * header_key_format}. Immutable.
 *
 * @param learns whether the {@link Spelling} of its messages is kept, for where they go on
 * @param reason whether that keeps the reason phrase of answers too
 * @param proper whether words begin with capitals; where it learns, in names that a message of its
 *     did not bring
 */
public record NameFormat(boolean learns, boolean reason, boolean proper) {

    /** In lower case. */
    public static final NameFormat LOWER = new NameFormat(false, false, false);

    /** Whether words begin with capitals in messages of which nothing was learnt. */
    public boolean properByItself() {
        return proper && !learns;
    }

    // Written out: the generated ones load their bootstrap on the way to the first byte.

    @Override
    public boolean equals(Object other) {
        return other instanceof NameFormat that
                && learns == that.learns
                && reason == that.reason
                && proper == that.proper;
    }

    @Override
    public int hashCode() {
        return (learns ? 4 : 0) + (reason ? 2 : 0) + (proper ? 1 : 0);
    }
}
