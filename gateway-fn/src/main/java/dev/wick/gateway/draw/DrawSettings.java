package dev.wick.gateway.draw;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an instance draws.
 *
 * @param fetchTimeoutMillis how long a request waits for its host; above 0; default 5,000
 * @param version of Wick, for reports
 * @param copy where the copy on disk is; null: there is none
 */
public record DrawSettings(long fetchTimeoutMillis, String version, @Nullable CopySettings copy) {

    /** How old a copy may be; 0 where there is none. */
    long copyMillis() {
        return copy == null ? 0 : copy.maximumAge().toMillis();
    }

    /**
     * The copy on disk.
     *
     * @param folder is made where it is not there
     * @param secret of which the key is made that encrypts all files
     * @param maximumAge what was last confirmed before is not used; default 7 days
     * @param mostFiles the oldest go beyond that
     */
    public record CopySettings(Path folder, String secret, Duration maximumAge, int mostFiles) {

        public static final Duration MAXIMUM_AGE = Duration.ofDays(7);
        public static final int MOST_FILES = 50_000;
    }
}
