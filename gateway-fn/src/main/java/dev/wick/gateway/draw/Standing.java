package dev.wick.gateway.draw;

/**
 * Which epoch of the store this instance speaks of, and the last revision that it was told of.
 * Confined to the loop of its {@link Draw}.
 */
final class Standing {

    private String epoch = "";
    private long first;
    private long told;
    private int generation;

    /** Empty before the first answer. */
    String epoch() {
        return epoch;
    }

    /** All that is held is of this revision or newer; no answer may be older. */
    long told() {
        return told;
    }

    /** That of the first answer: no other may be older. */
    long first() {
        return first;
    }

    /** Grows with each new start: answers to what was asked before it say nothing. */
    int generation() {
        return generation;
    }

    /** Whether an answer is of this epoch. The first answer of all decides which that is. */
    boolean agrees(String answered, long revision) {
        if (epoch.isEmpty()) {
            epoch = answered;
            told = revision;
            first = revision;
        }
        return epoch.equals(answered);
    }

    void tell(long revision) {
        told = Math.max(told, revision);
    }

    /** What was held is to be validated anew. */
    void restart(String with, long revision) {
        epoch = with;
        told = revision;
        first = revision;
        generation++;
    }
}
