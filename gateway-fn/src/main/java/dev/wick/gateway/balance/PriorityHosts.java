package dev.wick.gateway.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The hosts of one priority, by health and by locality, as they are at one moment. Immutable. */
final class PriorityHosts {

    private static final Member[] NOBODY = {};

    final Member[] all;
    final Member[] healthy;
    final Member[] degraded;
    private final int excluded;

    private PriorityHosts(List<Member> members) {
        all = members.toArray(NOBODY);
        List<Member> good = new ArrayList<>(all.length);
        List<Member> fair = new ArrayList<>(0);
        int left = 0;
        for (Member member : all) {
            if (member.excluded()) {
                left++;
            }
            if (member.healthy()) {
                good.add(member);
            } else if (member.degraded()) {
                fair.add(member);
            }
        }
        healthy = good.size() == all.length ? all : good.toArray(NOBODY);
        degraded = fair.toArray(NOBODY);
        excluded = left;
    }

    /** Those of each priority from 0 to the last that has any; of 0 in any case. */
    static PriorityHosts[] of(Iterable<? extends Member> members) {
        List<List<Member>> priorities = new ArrayList<>();
        priorities.add(new ArrayList<>());
        for (Member member : members) {
            int priority = member.attributes().priority(); // read once: it may change meanwhile
            while (priorities.size() <= priority) {
                priorities.add(new ArrayList<>(0));
            }
            priorities.get(priority).add(member);
        }
        PriorityHosts[] hosts = new PriorityHosts[priorities.size()];
        for (int i = 0; i < hosts.length; i++) {
            hosts[i] = new PriorityHosts(priorities.get(i));
        }
        return hosts;
    }

    PriorityLoads.Counts counts() {
        return new PriorityLoads.Counts(all.length, healthy.length, degraded.length, excluded);
    }

    int excluded() {
        return excluded;
    }

    /** All of each locality, by its name. */
    Map<Locality, PriorityHosts> byLocality() {
        Map<Locality, List<Member>> parts = new TreeMap<>();
        for (Member member : all) {
            parts.computeIfAbsent(member.attributes().locality(), l -> new ArrayList<>())
                    .add(member);
        }
        Map<Locality, PriorityHosts> hosts = new TreeMap<>();
        parts.forEach((locality, part) -> hosts.put(locality, new PriorityHosts(part)));
        return hosts;
    }
}
