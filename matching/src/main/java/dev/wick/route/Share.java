package dev.wick.route;

/**
 * A share of requests.
 *
 * @param numerator as many or more as the denominator: all
 * @param denominator 1 or more
 */
public record Share(int numerator, int denominator) {

    /**
     * Whether one request falls into it.
     *
     * @param random any number, the same for all that is asked of one request
     */
    boolean holds(long random) {
        return Long.remainderUnsigned(random, denominator) < numerator;
    }

    boolean isPartial() {
        return numerator > 0 && numerator < denominator;
    }

    @Override
    public String toString() {
        return numerator + " of " + denominator;
    }
}
