package dev.wick.gateway.exchange;

/** Durations as headers of requests have them. */
final class RequestTimeouts {

    private static final int DIGITS = 8;

    /** The least number of more digits. */
    private static final long MORE = 100_000_000;

    private static final long HOUR = 3_600_000;

    private RequestTimeouts() {}

    /** A whole number of milliseconds; {@code otherwise} where the text is none. */
    static long millis(String text, long otherwise) {
        if (text.isEmpty() || text.length() > DIGITS + 4) {
            return otherwise;
        }
        long millis = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return otherwise;
            }
            millis = 10 * millis + digit;
        }
        return millis;
    }

    /** Milliseconds as {@code grpc-timeout} has them: at most eight digits. */
    static String grpcText(long millis) {
        if (millis < MORE) {
            return millis + "m";
        }
        if (millis < MORE * 1_000) {
            return millis / 1_000 + "S";
        }
        return Math.min(millis / HOUR, MORE - 1) + "H";
    }

    /**
     * What {@code grpc-timeout} asks for, in milliseconds, rounded up; -1 where it is none: at most
     * eight digits and one of {@code H M S m u n}.
     */
    static long grpcMillis(String text) {
        int last = text.length() - 1;
        if (last < 1 || last > DIGITS) {
            return -1;
        }
        long number = millis(text.substring(0, last), -1);
        if (number < 0) {
            return -1;
        }
        return switch (text.charAt(last)) {
            case 'H' -> HOUR * number;
            case 'M' -> 60_000 * number;
            case 'S' -> 1_000 * number;
            case 'm' -> number;
            case 'u' -> (number + 999) / 1_000;
            case 'n' -> (number + 999_999) / 1_000_000;
            default -> -1;
        };
    }
}
