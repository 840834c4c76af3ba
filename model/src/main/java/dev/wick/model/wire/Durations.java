package dev.wick.model.wire;

import dev.wick.model.check.Spelling;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Durations as documents and settings write them: {@code 250ms}, {@code 5s}, {@code 2m}, {@code
 * 1h}, {@code 1h30m}, {@code 0s}. Whole numbers with a unit, the larger unit first, each unit at
 * most once; the Kubernetes Gateway API's form (GEP-2257) and no other.
 */
public final class Durations {

    /** What a message says that was expected. */
    public static final String FORM = "a duration as 250ms, 5s, 2m, 1h or 1h30m";

    /** The same as a regular expression, for the JSON Schema. */
    static final String PATTERN =
            "^(?=[0-9])([0-9]{1,8}h)?([0-9]{1,8}m)?([0-9]{1,8}s)?([0-9]{1,8}ms)?$";

    private static final String[] UNITS = {"h", "m", "s", "ms"};
    private static final long[] MILLIS = {3_600_000, 60_000, 1_000, 1};
    private static final int DIGITS = 8;

    private Durations() {}

    /** The duration, or null where the text is none. */
    public static @Nullable Duration parse(String text) {
        long millis = 0;
        int at = 0;
        int unit = 0;
        while (at < text.length()) {
            int digits = at;
            long number = 0;
            while (digits < text.length() && isDigit(text.charAt(digits)) && digits - at < DIGITS) {
                number = number * 10 + (text.charAt(digits++) - '0');
            }
            int end = digits;
            while (end < text.length() && !isDigit(text.charAt(end))) {
                end++;
            }
            int found = unit(text.substring(digits, end), unit);
            if (digits == at || found < 0) {
                return null;
            }
            millis += number * MILLIS[found];
            unit = found + 1;
            at = end;
        }
        return text.isEmpty() ? null : Duration.ofMillis(millis);
    }

    private static int unit(String spelling, int from) {
        for (int i = from; i < UNITS.length; i++) {
            if (UNITS[i].equals(spelling)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The canonical text, as {@code 1m30s} for 90 s; what is below a millisecond is dropped. */
    public static String format(Duration duration) {
        return Spelling.of(duration);
    }
}
