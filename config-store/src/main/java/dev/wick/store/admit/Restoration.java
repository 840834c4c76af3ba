package dev.wick.store.admit;

import dev.wick.model.Document;
import dev.wick.model.Kind;
import dev.wick.model.check.Change;
import dev.wick.store.keep.ChangedKey;
import dev.wick.store.keep.Keep;
import dev.wick.store.keep.Pin;
import dev.wick.store.keep.RecordedChange;
import dev.wick.store.keep.RevisionSummary;
import dev.wick.store.revision.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * The bundle that takes back all revisions after one. Costs what they changed. Used by one thread.
 */
final class Restoration {

    private final Keep keep;
    private final Vault vault;
    private final Pin pin;

    Restoration(Keep keep, Vault vault, Pin pin) {
        this.keep = keep;
        this.vault = vault;
        this.pin = pin;
    }

    Wanted bundle(long target) {
        long head = pin.revision();
        long oldest = keep.oldestRevision(pin.gateway());
        if (target > head) {
            return new Wanted.Impossible(
                    new Answer.Missing("revision " + target + " (the newest is " + head + ")"));
        }
        if (target < oldest) {
            return new Wanted.Impossible(new Answer.Gone(oldest, head));
        }
        Map<Key, Long> firstChange = new HashMap<>();
        for (long revision = head; revision > target; revision--) {
            RevisionSummary summary = keep.summary(pin.gateway(), revision, Integer.MAX_VALUE);
            if (summary == null) {
                return gone(head);
            }
            for (ChangedKey changed : summary.record().changes()) {
                firstChange.put(changed.key(), revision);
            }
        }
        return takenBack(firstChange, head);
    }

    private Wanted takenBack(Map<Key, Long> firstChange, long head) {
        List<Document> documents = new ArrayList<>();
        List<Change.Delete> deletions = new ArrayList<>();
        for (long revision : new HashSet<>(firstChange.values())) {
            boolean kept =
                    keep.changes(
                            pin.gateway(),
                            revision,
                            change -> {
                                Long first = firstChange.get(change.key());
                                if (first != null && first == revision) {
                                    takeBack(change, documents, deletions);
                                }
                            });
            if (!kept) {
                return gone(head);
            }
        }
        return new Wanted.Of(Bundle.put(documents, deletions));
    }

    private void takeBack(
            RecordedChange change, List<Document> documents, List<Change.Delete> deletions) {
        byte[] before = change.before();
        Kind kind = Kind.spelled(change.key().kind());
        if (before != null) {
            documents.add(vault.document(pin.gateway(), change.key(), before));
        } else if (kind != null && pin.exists(change.key())) {
            deletions.add(new Change.Delete(kind, change.key().name()));
        }
    }

    private Wanted gone(long head) {
        return new Wanted.Impossible(new Answer.Gone(keep.oldestRevision(pin.gateway()), head));
    }
}
