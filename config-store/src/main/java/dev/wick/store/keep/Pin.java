package dev.wick.store.keep;

import dev.wick.store.revision.Key;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reader's hold on one revision of one gateway: whatever it reads is of that revision, whatever
 * is committed meanwhile. It lasts 10 s, or until renewed or closed; afterwards reads throw {@link
 * PinExpired}. Any thread. Reads may touch the disk (a block of some 16 KiB) and throw {@link
 * java.io.UncheckedIOException}.
 */
public final class Pin implements AutoCloseable {

    Pin() {}

    public String gateway() {
        throw new UnsupportedOperationException();
    }

    /** 0 for a gateway without a revision: everything reads as empty. */
    public long revision() {
        throw new UnsupportedOperationException();
    }

    public @Nullable Stored document(Key key) {
        throw new UnsupportedOperationException();
    }

    /** In the order of the keys, null where there is none. */
    public List<@Nullable Stored> documents(List<Key> keys) {
        throw new UnsupportedOperationException();
    }

    /** Whether the document is there; cheaper than reading it. */
    public boolean exists(Key key) {
        throw new UnsupportedOperationException();
    }

    /** The revision that last changed it, 0 when it is not there; cheaper than reading it. */
    public long changed(Key key) {
        throw new UnsupportedOperationException();
    }

    /**
     * Documents of a kind by name, at most {@code limit}, those after {@code after} (null: from the
     * first).
     */
    public List<Stored> page(String kind, @Nullable String after, int limit) {
        throw new UnsupportedOperationException();
    }

    /**
     * The keys of all kinds, in order, at most {@code limit}, those after {@code after} (null: from
     * the first).
     */
    public List<Key> keys(@Nullable Key after, int limit) {
        throw new UnsupportedOperationException();
    }

    /**
     * The name of the virtual host that claims exactly this domain in exactly this place, or null.
     */
    public @Nullable String domain(DomainKey domain) {
        throw new UnsupportedOperationException();
    }

    public Wildcards wildcards(String listener, String chain) {
        throw new UnsupportedOperationException();
    }

    /** How many documents refer to this one (which need not be there). */
    public int references(Key key) {
        throw new UnsupportedOperationException();
    }

    /** Lets it last this long from now on, 10 min at most in all. */
    public void renew(Duration duration) {
        throw new UnsupportedOperationException();
    }

    /**
     * Ends it. Its revision stays readable until the deadline when {@code renew} was called: a
     * later page finds it by {@link Keep#pin(String, long)}.
     */
    @Override
    public void close() {}
}
