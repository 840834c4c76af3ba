package dev.wick.gateway.balance;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out the priorities of hosts that a request was sent to before: Envoy's retry priority of
 * that name. After each so many tries it is looked at which those are; where nothing is left that
 * could carry the request, all begin anew. Confined to the request's loop.
 */
public final class PreviousPriorities {

    private final int updateFrequency;
    private final List<Member> tried = new ArrayList<>(4);
    private final BitSet excluded = new BitSet();

    /** The loads that {@link #adjusted} was made of. */
    private @Nullable PriorityLoads original;

    private @Nullable PriorityLoads adjusted;

    /**
     * @param updateFrequency 1 or more
     */
    public PreviousPriorities(int updateFrequency) {
        this.updateFrequency = updateFrequency;
    }

    /** The request was sent to this one. */
    public void tried(Member member) {
        tried.add(member);
    }

    /** How the next try is shared out, given how any request would be. */
    PriorityLoads of(PriorityLoads loads) {
        if (tried.size() < updateFrequency) {
            return loads;
        }
        PriorityLoads before = adjusted;
        if (before != null && original == loads && tried.size() % updateFrequency != 0) {
            return before;
        }
        for (Member member : tried) {
            excluded.set(member.attributes().priority());
        }
        PriorityLoads after = loads.excluding(excluded);
        if (after == null) {
            excluded.clear();
            tried.clear();
            after = loads.excluding(excluded);
        }
        original = loads;
        adjusted = after;
        return after == null ? loads : after;
    }
}
