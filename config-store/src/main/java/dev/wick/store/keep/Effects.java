package dev.wick.store.keep;

import dev.wick.store.revision.Key;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What changes to documents do to domains and references, told from the documents before and after
 * alone. One thread.
 */
final class Effects {

    private final String gateway;
    private final Indexer indexer;
    private final Map<DomainKey, String> gained = new HashMap<>();
    private final Set<DomainKey> lost = new HashSet<>();
    private final Map<Key, Integer> referrers = new HashMap<>();

    Effects(String gateway, Indexer indexer) {
        this.gateway = gateway;
        this.indexer = indexer;
    }

    void add(RecordedChange change) {
        Index before = index(change.key(), change.before());
        Index after = index(change.key(), change.after());
        Set<DomainKey> had = new HashSet<>(before.domains());
        Set<DomainKey> has = new HashSet<>(after.domains());
        for (DomainKey domain : has) {
            if (!had.contains(domain)) {
                gained.put(domain, change.key().name());
            }
        }
        for (DomainKey domain : had) {
            if (!has.contains(domain)) {
                lost.add(domain);
            }
        }
        for (Key key : new HashSet<>(after.references())) {
            referrers.merge(key, 1, Integer::sum);
        }
        for (Key key : new HashSet<>(before.references())) {
            referrers.merge(key, -1, Integer::sum);
        }
    }

    /** Domains with the host that claims them now; it did not before. */
    Map<DomainKey, String> gained() {
        return gained;
    }

    /** Domains that nobody claims any more. */
    Set<DomainKey> lost() {
        lost.removeAll(gained.keySet());
        return lost;
    }

    /** How many more (or fewer) refer to a document. */
    Map<Key, Integer> referrers() {
        return referrers;
    }

    /** All domains whose answer is another now. */
    Set<DomainKey> domains() {
        Set<DomainKey> touched = new HashSet<>(lost);
        touched.addAll(gained.keySet());
        return touched;
    }

    private Index index(Key key, byte @Nullable [] document) {
        return document == null ? Index.NOTHING : indexer.index(gateway, key, document);
    }
}
