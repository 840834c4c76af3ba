package dev.wick.store.access;

import dev.wick.store.keep.Keep;
import dev.wick.store.keep.Pin;
import dev.wick.store.keep.Proposal;
import dev.wick.store.keep.StoreUnusable;
import dev.wick.store.keep.Stored;
import dev.wick.store.revision.Change;
import dev.wick.store.revision.Outcome;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges the key under which secrets are kept. Their data keys are wrapped anew, as ordinary
 * revisions; what they protect is not touched. Which keys the newest documents may be under stands
 * in the reserved gateway: the new one from before the first is wrapped by it, the old ones until
 * the last one is. So whatever happens, the next start knows what is left to do. Any thread.
 */
public final class Rotation {

    private static final String SECRET = "Secret";
    private static final String KEY = "Key";
    private static final String COMMENT = "the store's key was exchanged";
    private static final int PAGE = 1_000;
    private static final int TRIES = 1_000;

    private final Keep keep;
    private final AccessFolder folder;
    private final Envelope envelope;
    private final boolean given;
    private final Clock clock;

    /**
     * @param given whether the keys come from whoever starts the store, and not from its folder
     */
    public Rotation(Keep keep, AccessFolder folder, Envelope envelope, boolean given, Clock clock) {
        this.keep = keep;
        this.folder = folder;
        this.envelope = envelope;
        this.given = given;
        this.clock = clock;
    }

    /**
     * @param key id of the one that is current now
     * @param rewrapped how many secrets it took over
     */
    public record Rotated(String key, long rewrapped) {}

    /** Ids of the keys that secrets may be under, the current one first. */
    public List<String> keys() {
        List<String> ids = new ArrayList<>();
        ids.add(envelope.keys().current().id());
        envelope.keys().older().forEach(key -> ids.add(key.id()));
        return ids;
    }

    /** A key of the folder's own; null where whoever starts the store gives the keys. */
    public synchronized @Nullable Rotated rotate(String author) {
        if (given) {
            return null;
        }
        KeyRing keys = envelope.keys().under(KeyEncryptionKey.generate());
        folder.keep(keys);
        envelope.use(keys);
        return new Rotated(keys.current().id(), takeOver(author));
    }

    /** What a start has to do where there is more than one key. */
    public synchronized void finish() throws StoreUnusable {
        KeyRing keys = envelope.keys();
        boolean alone = known().equals(List.of(keys.current().id()));
        if (alone && keys.older().isEmpty()) {
            return;
        }
        try {
            takeOver("store");
        } catch (KeyMissing e) {
            throw new StoreUnusable(
                    e.getMessage() + "; older keys stand in WICK_STORE_OLD_KEYS, or in DIR/key", e);
        }
    }

    private long takeOver(String author) {
        String current = envelope.keys().current().id();
        announce(author, current);
        long rewrapped = 0;
        for (String gateway : keep.gateways()) {
            if (!gateway.equals(Tokens.GATEWAY)) {
                rewrapped += rewrap(gateway, author);
            }
        }
        retire(author, current);
        return rewrapped;
    }

    private List<String> known() {
        try (Pin pin = keep.pin(Tokens.GATEWAY)) {
            return pin.page(KEY, null, PAGE).stream().map(stored -> stored.key().name()).toList();
        }
    }

    private void announce(String author, String current) {
        byte[] made = clock.instant().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        change(
                Tokens.GATEWAY,
                author,
                pin ->
                        known().contains(current)
                                ? List.of()
                                : List.of(Change.put(KEY, current, made)));
    }

    private void retire(String author, String current) {
        change(
                Tokens.GATEWAY,
                author,
                pin ->
                        known().stream()
                                .filter(id -> !id.equals(current))
                                .map(id -> Change.delete(KEY, id))
                                .toList());
    }

    private long rewrap(String gateway, String author) {
        long sum = 0;
        int some = 0;
        do {
            some = change(gateway, author, pin -> stale(gateway, pin));
            sum += some;
        } while (some > 0);
        return sum;
    }

    /** Some of those that are not under the current key, wrapped by it. */
    private List<Change> stale(String gateway, Pin pin) {
        List<Change> changes = new ArrayList<>();
        String after = null;
        List<Stored> page;
        do {
            page = pin.page(SECRET, after, PAGE);
            for (Stored stored : page) {
                after = stored.key().name();
                byte[] rewrapped = envelope.rewrap(gateway, SECRET, after, stored.document());
                if (rewrapped != null) {
                    changes.add(Change.put(SECRET, after, rewrapped));
                }
            }
        } while (page.size() == PAGE && changes.size() < PAGE);
        return changes;
    }

    private interface Changes {
        List<Change> asOf(Pin pin);
    }

    /** How many changes were made; whoever was faster is waited for. */
    private int change(String gateway, String author, Changes changes) {
        for (int tries = 0; tries < TRIES; tries++) {
            Proposal proposal;
            List<Change> wanted;
            try (Pin pin = keep.pin(gateway)) {
                wanted = changes.asOf(pin);
                if (wanted.isEmpty()) {
                    return 0;
                }
                String id = UUID.randomUUID().toString();
                proposal = new Proposal(pin.revision(), id, author, COMMENT, wanted);
            }
            Outcome outcome = keep.commit(gateway, proposal).toCompletableFuture().join();
            if (outcome instanceof Outcome.Committed) {
                return wanted.size();
            }
        }
        throw new IllegalStateException(
                "gateway " + gateway + ": others were faster " + TRIES + " times");
    }
}
