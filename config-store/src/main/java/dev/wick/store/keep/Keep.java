package dev.wick.store.keep;

import dev.wick.store.revision.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What the store keeps, per gateway: a line of revisions, each a bundle of changes to documents.
 * Any thread.
 */
public final class Keep implements AutoCloseable {

    Keep() {}

    /** The random id of this data folder. */
    public String epoch() {
        throw new UnsupportedOperationException();
    }

    /** Those with at least one revision. */
    public Set<String> gateways() {
        throw new UnsupportedOperationException();
    }

    /** The newest revision that reads see, 0 when there is none. */
    public long head(String gateway) {
        throw new UnsupportedOperationException();
    }

    /**
     * Makes the proposal the next revision if its base is still the head. Never fails otherwise
     * than by a bug: what could not be found out within 10 s is {@code Unknown}.
     */
    public CompletionStage<Outcome> commit(String gateway, Proposal proposal) {
        throw new UnsupportedOperationException();
    }

    /**
     * The revision that this request became, of the last 10,000 requests of all gateways; null: not
     * known.
     */
    public Outcome.@Nullable Committed outcome(String gateway, String requestId) {
        throw new UnsupportedOperationException();
    }

    /** At the head. */
    public Pin pin(String gateway) {
        throw new UnsupportedOperationException();
    }

    /** At an older revision that another pin still holds (or at the head); null when it is gone. */
    public @Nullable Pin pin(String gateway, long revision) {
        throw new UnsupportedOperationException();
    }

    /** The oldest revision that {@link #revision} and {@link #changes} know, at least 1. */
    public long oldestRevision(String gateway) {
        throw new UnsupportedOperationException();
    }

    /** Null when it is older than the oldest kept or newer than the head. */
    public @Nullable RevisionRecord revision(String gateway, long revision) {
        throw new UnsupportedOperationException();
    }

    /** With the bytes before and after; null as for {@link #revision}. */
    public @Nullable List<RecordedChange> changes(String gateway, long revision) {
        throw new UnsupportedOperationException();
    }

    /**
     * Completes with true once the head is {@code revision} or later, with false after the timeout.
     */
    public CompletionStage<Boolean> awaitHead(String gateway, long revision, Duration timeout) {
        throw new UnsupportedOperationException();
    }

    /** Until the result is closed. */
    public AutoCloseable onHead(HeadListener listener) {
        throw new UnsupportedOperationException();
    }

    /** Ends all threads; commits under way become {@code Unknown}. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
