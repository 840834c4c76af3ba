package dev.wick.gateway.exchange;

import dev.wick.gateway.balance.Member;
import dev.wick.gateway.balance.PreviousPriorities;
import dev.wick.gateway.balance.Selection;
import dev.wick.route.RetryHosts;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request that is sent again asks of the balancer: what it asked for before, and another
 * host or priority where its policy says so. A session does not bind it any more, as in Envoy. Made
 * for the first retry; confined to the exchange's loop.
 */
final class RetrySelection extends Selection {

    private final @Nullable RetryHosts rules;
    private final Set<String> tried = new HashSet<>(4);

    /**
     * @param rules null: any host
     * @param first what the first try asked for; null: nothing
     */
    RetrySelection(@Nullable RetryHosts rules, @Nullable Selection first) {
        this.rules = rules;
        if (first != null) {
            hash = first.hash;
            hashed = first.hashed;
            subset = first.subset;
        }
        if (rules != null) {
            reselections = rules.attempts();
            priorities =
                    rules.updateFrequency() == 0
                            ? null
                            : new PreviousPriorities(rules.updateFrequency());
        }
    }

    /** The request was sent to this one. */
    void tried(Member host) {
        tried.add(host.text());
        if (priorities != null) {
            priorities.tried(host);
        }
    }

    @Override
    public boolean refuses(Member member) {
        return rules != null
                && (rules.notPrevious() && tried.contains(member.text())
                        || rules.omits(member.attributes().metadata()));
    }
}
