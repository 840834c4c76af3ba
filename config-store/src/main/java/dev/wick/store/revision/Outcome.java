package dev.wick.store.revision;

/** What became of a commit. */
public sealed interface Outcome {

    /**
     * It is revision {@code revision}, durable, and visible to every read that starts from now on
     * at this process.
     */
    record Committed(long revision) implements Outcome {}

    /** Nothing was changed: the head was {@code head} and not the base. */
    record Lost(long head) implements Outcome {}

    /** Nobody knows yet. The same request id again tells, and commits at most once. */
    record Unknown(String requestId) implements Outcome {}
}
