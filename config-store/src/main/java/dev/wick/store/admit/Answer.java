package dev.wick.store.admit;

import dev.wick.model.Problem;
import java.util.List;

/** What became of a wish. */
public sealed interface Answer {

    /**
     * It is there, or would be, or was already.
     *
     * @param revision that made it so; the head where nothing changed, and for a dry run
     * @param document the revision that last changed the wish's one document, as of {@code
     *     revision}; that itself where the wish is for several, or changed it
     * @param changes what is different now, in the order of their keys; empty: nothing was to be
     *     done
     */
    record Applied(
            String epoch, long revision, long document, String requestId, List<Planned> changes)
            implements Answer {}

    /** It cannot be compiled, or says nothing. */
    record Refused(List<Problem> problems) implements Answer {}

    /** Somebody else was first. */
    record Outdated(String found, String expected) implements Answer {}

    /** There is nothing by that name. */
    record Missing(String what) implements Answer {}

    /** It is too old to be known in full. */
    record Gone(long oldest, long head) implements Answer {}

    /** Others were faster each time; nothing was changed. */
    record Busy(int tries) implements Answer {}

    /** The disk would not take it; nothing was changed. */
    record Unwritten(String why) implements Answer {}

    /** Nobody knows yet whether it was done. */
    record Unknown(String requestId) implements Answer {}
}
