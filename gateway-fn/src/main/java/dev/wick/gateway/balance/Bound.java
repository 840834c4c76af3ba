package dev.wick.gateway.balance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hosts by address, for sessions that are bound to one. Made when first asked for: most clusters
 * never are. Any thread.
 */
final class Bound {

    /**
     * What keeps a session from its host: Envoy's default is to go to healthy and degraded ones.
     */
    static final int UNUSABLE =
            Member.FAILED_ACTIVE_HC
                    | Member.FAILED_OUTLIER_CHECK
                    | Member.FAILED_EDS_HEALTH
                    | Member.EDS_STATUS_DRAINING;

    private final List<? extends Member> members;
    private volatile @Nullable Map<String, Member> byAddress;

    Bound(List<? extends Member> members) {
        this.members = members;
    }

    @Nullable Member find(String address) {
        Map<String, Member> map = byAddress;
        if (map == null) {
            map = new HashMap<>();
            for (Member member : members) {
                map.put(member.text(), member);
            }
            byAddress = map;
        }
        return map.get(address);
    }
}
