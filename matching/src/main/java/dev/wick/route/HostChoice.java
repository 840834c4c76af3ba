package dev.wick.route;

import dev.wick.format.Facts;
import dev.wick.http.RequestHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a route says of which host of its cluster a request goes to. Immutable. */
public final class HostChoice {

    private final HashPolicy[] policies;
    private final @Nullable String subset;
    private final @Nullable SessionBinding binding;

    /**
     * @param subset as {@code SubsetKey} writes it; null: any host
     * @param binding null: none
     */
    public HostChoice(
            List<HashPolicy> policies, @Nullable String subset, @Nullable SessionBinding binding) {
        this.policies = policies.toArray(new HashPolicy[0]);
        this.subset = subset;
        this.binding = binding;
    }

    /** Null where requests have none here. */
    public @Nullable RequestHash hash(RequestHead head, Facts facts) {
        if (policies.length == 0) {
            return null;
        }
        RequestHash hash = new RequestHash();
        for (HashPolicy policy : policies) {
            policy.add(head, facts, hash);
            if (policy.terminal() && hash.present()) {
                break;
            }
        }
        return hash;
    }

    public @Nullable String subset() {
        return subset;
    }

    public @Nullable SessionBinding binding() {
        return binding;
    }
}
