package dev.wick.store.keep;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The records of the newest revisions, which all followers ask for; bounded by what they list. The
 * apply thread adds, any thread reads.
 */
final class RecentRevisions {

    private static final int MOST = 50_000;

    private final ConcurrentSkipListMap<Long, RevisionRecord> records =
            new ConcurrentSkipListMap<>();
    private int weight;

    void add(RevisionRecord record) {
        records.put(record.revision(), record);
        weight += weight(record);
        while (weight > MOST && records.size() > 1) {
            weight -= weight(records.pollFirstEntry().getValue());
        }
    }

    @Nullable RevisionRecord find(long revision) {
        return records.get(revision);
    }

    private static int weight(RevisionRecord record) {
        return 4 + record.changes().size() + record.domains().size();
    }

    /** Gathers a record while its bundle is read. One thread. */
    static final class Builder {

        private final long revision;
        private final List<ChangedKey> changes = new ArrayList<>();

        Builder(long revision) {
            this.revision = revision;
        }

        void add(RecordedChange change) {
            changes.add(
                    new ChangedKey(change.key(), change.beforeRevision(), change.after() == null));
        }

        RevisionRecord build(Bundle.Header header, Set<DomainKey> domains) {
            return new RevisionRecord(
                    revision,
                    header.requestId(),
                    header.author(),
                    header.time(),
                    header.comment(),
                    List.copyOf(changes),
                    List.copyOf(domains));
        }
    }
}
