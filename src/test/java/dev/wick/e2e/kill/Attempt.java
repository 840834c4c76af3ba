package dev.wick.e2e.kill;

/**
 * One bundle that was sent, and what its writer was told.
 *
 * @param writer which writer, from 0
 * @param sequence the value that this bundle gives to all documents of its writer; never used twice
 *     by one writer
 * @param told what the store said
 * @param revision the revision that was acknowledged, 0 unless {@code told} is WON
 */
record Attempt(String requestId, int writer, int sequence, Told told, long revision) {

    /** WON: acknowledged. LOST: refused for good. UNKNOWN: no answer, or one that says so. */
    enum Told {
        WON,
        LOST,
        UNKNOWN
    }
}
