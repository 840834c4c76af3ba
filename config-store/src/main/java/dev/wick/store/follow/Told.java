package dev.wick.store.follow;

import dev.wick.store.keep.RevisionRecord;
import dev.wick.store.revision.Key;
import dev.wick.store.slice.HostName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that a reader is told. */
public sealed interface Told {

    /** Up to this revision nothing else changed what the reader holds. */
    record Number(long revision) implements Told {}

    /**
     * What of the things held changed, all as of one revision.
     *
     * @param hosts are served by another virtual host, or by none, or for the first time
     * @param documents changed, or are referred to for the first time by one that changed
     * @param listeners whether the listener set changed
     */
    record Changed(long revision, List<HostName> hosts, List<Document> documents, boolean listeners)
            implements Told {}

    /**
     * A document as of the revision of its event.
     *
     * @param kept as the store keeps it (a secret is sealed); null: deleted
     */
    record Document(Key key, byte @Nullable [] kept) {}

    /** What the reader holds may be old: drop it and read again. */
    record Reset(String epoch, long revision) implements Told {}

    /** What one revision did, for a reader of all of them. */
    record Happened(RevisionRecord record) implements Told {}

    /** Nothing, to keep the connection and show that the store lives. */
    record Beat() implements Told {}
}
