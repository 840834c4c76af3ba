package dev.wick.route;

import dev.wick.http.Headers;

/** Where an answer says when to come back. */
public final class ResetHeaders {

    private static final int MOST_DIGITS = 15;

    private final String[] names;
    private final boolean[] timestamps;
    private final long mostMillis;

    /**
     * @param names in lower case
     * @param timestamps for each whether it says the second since 1970, else so many seconds
     * @param mostMillis what is longer is not heeded
     */
    public ResetHeaders(String[] names, boolean[] timestamps, long mostMillis) {
        this.names = names.clone();
        this.timestamps = timestamps.clone();
        this.mostMillis = mostMillis;
    }

    /** In how many milliseconds the answer wants to be asked again; 0 where it does not say. */
    public long millis(Headers headers, long nowMillis) {
        for (int i = 0; i < names.length; i++) {
            String value = headers.get(names[i]);
            long millis = value == null ? 0 : millis(value, timestamps[i], nowMillis);
            if (millis > 0 && millis <= mostMillis) {
                return millis;
            }
        }
        return 0;
    }

    private static long millis(String value, boolean timestamp, long nowMillis) {
        if (value.isEmpty() || value.length() > MOST_DIGITS) {
            return 0;
        }
        long seconds = 0;
        for (int i = 0; i < value.length(); i++) {
            char digit = value.charAt(i);
            if (digit < '0' || digit > '9') {
                return 0;
            }
            seconds = seconds * 10 + (digit - '0');
        }
        return timestamp ? seconds * 1_000 - nowMillis : seconds * 1_000;
    }
}
