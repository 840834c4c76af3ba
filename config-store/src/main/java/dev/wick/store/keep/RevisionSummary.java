package dev.wick.store.keep;

import java.util.List;

/**
 * What a revision did, in short.
 *
 * @param record without domains, and with as many changes as were asked for
 * @param changes how many there are
 */
public record RevisionSummary(RevisionRecord record, int changes) {

    static RevisionSummary of(RevisionRecord whole, int most) {
        return new RevisionSummary(
                new RevisionRecord(
                        whole.revision(),
                        whole.requestId(),
                        whole.author(),
                        whole.time(),
                        whole.comment(),
                        whole.changes().subList(0, Math.min(most, whole.changes().size())),
                        List.of()),
                whole.changes().size());
    }
}
