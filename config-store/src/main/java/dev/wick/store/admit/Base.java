package dev.wick.store.admit;

import dev.wick.model.Document;
import dev.wick.model.Kind;
import dev.wick.model.Listener;
import dev.wick.model.check.Surroundings;
import dev.wick.store.keep.DomainKey;
import dev.wick.store.keep.Pin;
import dev.wick.store.keep.Stored;
import dev.wick.store.revision.Key;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The gateway as of a pin, as the checks ask for it. Used by one thread. */
final class Base implements Surroundings {

    private static final int BATCH = 1_000;
    private static final int LISTENERS = 10_000;

    private final Pin pin;
    private final Vault vault;
    private final Map<Key, Stored> before = new HashMap<>();

    Base(Pin pin, Vault vault) {
        this.pin = pin;
        this.vault = vault;
    }

    Pin pin() {
        return pin;
    }

    static Key key(Kind kind, String name) {
        return new Key(kind.spelling(), name);
    }

    /** Reads the documents that a bundle changes, in batches. */
    void read(List<Key> keys) {
        for (int from = 0; from < keys.size(); from += BATCH) {
            List<Key> batch = keys.subList(from, Math.min(from + BATCH, keys.size()));
            for (Stored stored : pin.documents(batch)) {
                if (stored != null) {
                    before.put(stored.key(), stored);
                }
            }
        }
    }

    /** What is kept of a document that was {@link #read}, or null. */
    byte @Nullable [] kept(Key key) {
        Stored stored = before.get(key);
        return stored == null ? null : stored.document();
    }

    /** The names of all documents of the gateway. */
    List<Key> keys() {
        List<Key> all = new ArrayList<>();
        List<Key> page;
        do {
            page = pin.keys(all.isEmpty() ? null : all.getLast(), BATCH);
            all.addAll(page);
        } while (page.size() == BATCH);
        return all;
    }

    @Override
    public boolean exists(Kind kind, String name) {
        return pin.exists(key(kind, name));
    }

    @Override
    public @Nullable Document document(Kind kind, String name) {
        Key key = key(kind, name);
        byte[] kept = kept(key);
        return kept == null ? null : vault.document(pin.gateway(), key, kept);
    }

    @Override
    public Collection<Listener> listeners() {
        List<Listener> listeners = new ArrayList<>();
        for (Stored stored : storedListeners()) {
            if (vault.document(pin.gateway(), stored.key(), stored.document())
                    instanceof Listener listener) {
                listeners.add(listener);
            }
        }
        return listeners;
    }

    List<Stored> storedListeners() {
        return pin.page(Kind.LISTENER.spelling(), null, LISTENERS);
    }

    @Override
    public @Nullable String claimant(String listener, String chain, String domain) {
        return pin.domain(new DomainKey(listener, chain, domain));
    }

    @Override
    public int references(Kind kind, String name) {
        return pin.references(key(kind, name));
    }
}
