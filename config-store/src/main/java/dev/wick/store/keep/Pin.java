package dev.wick.store.keep;

import dev.wick.store.revision.Key;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reader's hold on one revision of one gateway: whatever it reads is of that revision, whatever
 * is committed meanwhile. It lasts 10 s (a {@linkplain Keep#longPin long} one 10 min), or until
 * renewed or closed; afterwards reads throw {@link PinExpired}. Any thread. Reads may touch the
 * disk (a block of some 16 KiB) and throw {@link UncheckedIOException}.
 */
public final class Pin implements AutoCloseable {

    private final View view;
    private final Pins.Hold hold;

    Pin(View view, Pins.Hold hold) {
        this.view = view;
        this.hold = hold;
    }

    public String gateway() {
        return view.gateway();
    }

    /** 0 for a gateway without a revision: everything reads as empty. */
    public long revision() {
        return hold.revision;
    }

    public @Nullable Stored document(Key key) {
        try {
            return held(view.document(key, hold.revision));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the order of the keys, null where there is none. */
    public List<@Nullable Stored> documents(List<Key> keys) {
        List<@Nullable Stored> found = new ArrayList<>(keys.size());
        for (Key key : keys) {
            found.add(document(key));
        }
        return found;
    }

    /** Whether the document is there; cheaper than reading it. */
    public boolean exists(Key key) {
        return changed(key) > 0;
    }

    /** The revision that last changed it, 0 when it is not there; cheaper than reading it. */
    public long changed(Key key) {
        long changed = view.changed(key, hold.revision);
        check();
        return changed;
    }

    /**
     * Documents of a kind by name, at most {@code limit}, those after {@code after} (null: from the
     * first).
     */
    public List<Stored> page(String kind, @Nullable String after, int limit) {
        byte[] start = Places.before(kind);
        byte[] from = after == null ? start : Places.bytes(new Key(kind, after));
        VersionedMap.Cursor cursor = view.documents(from, hold.revision);
        List<Stored> page = new ArrayList<>();
        try {
            while (page.size() < limit
                    && cursor.advance()
                    && Places.startsWith(cursor.key(), start)) {
                byte[] place = cursor.key();
                page.add(view.read(Places.key(place), place, cursor.version()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        check();
        return page;
    }

    /**
     * The keys of all kinds, in order, at most {@code limit}, those after {@code after} (null: from
     * the first).
     */
    public List<Key> keys(@Nullable Key after, int limit) {
        VersionedMap.Cursor cursor =
                view.documents(after == null ? null : Places.bytes(after), hold.revision);
        List<Key> keys = new ArrayList<>();
        while (keys.size() < limit && cursor.advance()) {
            keys.add(Places.key(cursor.key()));
        }
        check();
        return keys;
    }

    /**
     * The name of the virtual host that claims exactly this domain in exactly this place, or null.
     */
    public @Nullable String domain(DomainKey domain) {
        String host = view.domain(domain, hold.revision);
        check();
        return host;
    }

    public Wildcards wildcards(String listener, String chain) {
        Wildcards lengths = view.wildcards(listener, chain);
        check();
        return lengths;
    }

    /** How many documents refer to this one (which need not be there). */
    public int references(Key key) {
        int count = view.references(key, hold.revision);
        check();
        return count;
    }

    /**
     * Lets its revision be readable this long from now on, even when closed: a later page finds it
     * by {@link Keep#pin(String, long)}. Not longer than 10 min after it ceased to be the head.
     */
    public void renew(Duration duration) {
        check();
        view.pins().renew(hold, duration.toNanos());
    }

    @Override
    public void close() {
        view.pins().release(hold);
    }

    /** Throws the {@link PinExpired} of a read that may have missed a version. */
    private void check() {
        if (hold.expired()) {
            throw new PinExpired(
                    "revision " + hold.revision + " is not held any more: snapshot expired, retry");
        }
    }

    private @Nullable Stored held(@Nullable Stored found) {
        check();
        return found;
    }
}
