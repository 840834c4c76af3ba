package dev.wick.gateway.balance;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out the priorities of hosts that a request was sent to before: Envoy's retry priority of
 * that name. After each so many tries it is looked at which those are; where nothing is left that
 * could carry the request, all begin anew. Confined to the request's loop.
 */
public final class PreviousPriorities {

    private final int updateFrequency;
    private int tried;

    /** Those of the hosts tried, of which {@link #adjusted} may know but some. */
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
        tried++;
        excluded.set(member.attributes().priority());
    }

    /** How the next try is shared out, given how any request would be. */
    PriorityLoads of(PriorityLoads loads) {
        if (tried < updateFrequency) {
            return loads;
        }
        PriorityLoads before = adjusted;
        if (before != null && original == loads && tried % updateFrequency != 0) {
            return before;
        }
        PriorityLoads after = loads.excluding(excluded);
        if (after == null) {
            excluded.clear();
            tried = 0;
            after = loads.excluding(excluded);
        }
        original = loads;
        adjusted = after;
        return after == null ? loads : after;
    }
}
