package dev.wick.model;

/**
 * A share of all requests.
 *
 * @param numerator 0 or more; more than the denominator is all of them
 */
public record FractionalPercent(int numerator, Denominator denominator) {

    public static final FractionalPercent ALL = new FractionalPercent(100, Denominator.HUNDRED);

    /** Of how many. */
    public enum Denominator {
        HUNDRED(100),
        TEN_THOUSAND(10_000),
        MILLION(1_000_000);

        private final int number;

        Denominator(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }
}
