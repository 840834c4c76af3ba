package dev.wick.store.keep;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How the store keeps.
 *
 * @param revisions how many revisions of a gateway stay readable, 1 or more; default 10,000
 * @param historyBytes how many bytes of bundles stay readable per gateway beyond what a restart
 *     needs; default 2 GiB
 * @param historyAge how old the oldest readable revision may be, the newest apart; looked at once
 *     in a thirtieth of it, when there is a new one; default 30 days
 * @param compactionBytes bundles since the base (each counts 4 KiB at least) may grow to this or to
 *     half the size of the base, whichever is more, before a new base is written; default 16 MiB
 * @param orphanAge bundle files that no revision names are removed when older; default 1 h
 * @param commitPatience how long a commit is tried before its outcome is unknown; default 10 s
 * @param nanoTime by which pins grow old; default {@link System#nanoTime}
 */
public record KeepSettings(
        int revisions,
        long historyBytes,
        Duration historyAge,
        long compactionBytes,
        Duration orphanAge,
        Duration commitPatience,
        Clock clock,
        LongSupplier nanoTime) {

    public static KeepSettings defaults() {
        return new KeepSettings(
                10_000,
                2L << 30,
                Duration.ofDays(30),
                16L << 20,
                Duration.ofHours(1),
                Duration.ofSeconds(10),
                Clock.systemUTC(),
                System::nanoTime);
    }

    public KeepSettings {
        if (revisions < 1) {
            throw new IllegalArgumentException(
                    "keep-revisions: " + revisions + " (expected: 1 or more)");
        }
    }

    public KeepSettings withRevisions(int kept) {
        return new KeepSettings(
                kept,
                historyBytes,
                historyAge,
                compactionBytes,
                orphanAge,
                commitPatience,
                clock,
                nanoTime);
    }

    public KeepSettings withHistoryAge(Duration age, Clock by) {
        return new KeepSettings(
                revisions,
                historyBytes,
                age,
                compactionBytes,
                orphanAge,
                commitPatience,
                by,
                nanoTime);
    }

    public KeepSettings withCompactionBytes(long bytes) {
        return new KeepSettings(
                revisions,
                historyBytes,
                historyAge,
                bytes,
                orphanAge,
                commitPatience,
                clock,
                nanoTime);
    }

    public KeepSettings withOrphanAge(Duration age) {
        return new KeepSettings(
                revisions,
                historyBytes,
                historyAge,
                compactionBytes,
                age,
                commitPatience,
                clock,
                nanoTime);
    }

    public KeepSettings withCommitPatience(Duration patience) {
        return new KeepSettings(
                revisions,
                historyBytes,
                historyAge,
                compactionBytes,
                orphanAge,
                patience,
                clock,
                nanoTime);
    }

    public KeepSettings withNanoTime(LongSupplier by) {
        return new KeepSettings(
                revisions,
                historyBytes,
                historyAge,
                compactionBytes,
                orphanAge,
                commitPatience,
                clock,
                by);
    }
}
