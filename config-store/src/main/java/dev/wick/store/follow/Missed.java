package dev.wick.store.follow;

import dev.wick.model.DomainName;
import dev.wick.store.keep.ChangedKey;
import dev.wick.store.keep.DomainKey;
import dev.wick.store.keep.Keep;
import dev.wick.store.keep.RevisionRecord;
import dev.wick.store.keep.Wildcards;
import dev.wick.store.revision.Key;
import dev.wick.store.slice.HostName;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a row of revisions touched, together. */
record Missed(Set<Key> keys, Set<DomainKey> domains) {

    private static final int REVISIONS = 1_000;
    private static final int TOUCHED = 500_000;

    /**
     * Those after {@code from} up to {@code to}; null when they are no longer known, or so many
     * that reading all anew costs less.
     */
    static @Nullable Missed between(Keep keep, String gateway, long from, long to) {
        if (to - from > REVISIONS) {
            return null;
        }
        Missed missed = new Missed(new HashSet<>(), new HashSet<>());
        for (long revision = from + 1; revision <= to; revision++) {
            RevisionRecord record = keep.revision(gateway, revision);
            if (record == null) {
                return null;
            }
            for (ChangedKey changed : record.changes()) {
                Key key = changed.key();
                missed.keys.add(key);
                boolean comesOrGoes = changed.before() == 0 || changed.deleted();
                if (comesOrGoes && key.kind().equals("Cluster")) {
                    missed.domains.add(new DomainKey("*", HostName.CLUSTERS, key.name()));
                }
            }
            missed.domains.addAll(record.domains());
            if (missed.keys.size() + missed.domains.size() > TOUCHED) {
                return null;
            }
        }
        return missed;
    }

    /**
     * The lengths of the wildcards touched: one whose last domain was lost is known to nobody else.
     */
    Wildcards wildcards() {
        return new Wildcards(
                lengths(DomainName::isSuffixWildcard), lengths(DomainName::isPrefixWildcard));
    }

    private int[] lengths(Predicate<String> which) {
        return domains.stream()
                .map(DomainKey::domain)
                .filter(which)
                .mapToInt(DomainName::wildcardLength)
                .distinct()
                .toArray();
    }

    boolean listeners() {
        return keys.stream().anyMatch(key -> key.kind().equals("Listener"));
    }
}
