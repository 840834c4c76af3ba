package dev.wick.gateway.codec;

/** Numbers as HTTP writes them. */
final class Decimal {

    private static final int MOST_DIGITS = 18;

    private Decimal() {}

    /** A number of one to 18 digits and nothing else, or -1. */
    static long parse(byte[] bytes, int start, int end) {
        if (end == start || end - start > MOST_DIGITS) {
            return -1;
        }
        long number = 0;
        for (int i = start; i < end; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
