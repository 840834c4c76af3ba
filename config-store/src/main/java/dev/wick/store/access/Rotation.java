package dev.wick.store.access;

import dev.wick.store.keep.Keep;
import dev.wick.store.keep.Pin;
import dev.wick.store.keep.PinExpired;
import dev.wick.store.keep.Proposal;
import dev.wick.store.keep.StoreUnusable;
import dev.wick.store.keep.Stored;
import dev.wick.store.keep.Unwritten;
import dev.wick.store.revision.Change;
import dev.wick.store.revision.Outcome;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
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
    private static final int READ = 100;

    /** So many secrets are looked at as of one revision. */
    private static final int MOST_LOOKS = 20_000;

    private static final int TRIES = 1_000;

    /** Each takes as long as a commit is tried. */
    private static final int UNKNOWN_TRIES = 3;

    /** A revision is read and written whole. */
    private static final long MOST_BYTES = 8L << 20;

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

    /** What became of a rotation. */
    public sealed interface Rotated {

        /**
         * @param key id of the one that is current now
         * @param rewrapped how many secrets it took over
         */
        record Done(String key, long rewrapped) implements Rotated {}

        /** The keys come from whoever starts the store. */
        record Given() implements Rotated {}

        /** The disk would not take it; the sentence says how far it came. */
        record Unwritten(String why) implements Rotated {}

        /** It broke off; the sentence says how far it came. */
        record Undecided(String why) implements Rotated {}
    }

    /** A change of which nobody knows what became. */
    private static final class Undecided extends Exception {

        private static final long serialVersionUID = 1;

        Undecided(String message) {
            super(message);
        }
    }

    /** Ids of the keys that secrets may be under, the current one first. */
    public List<String> keys() {
        List<String> ids = new ArrayList<>();
        ids.add(envelope.keys().current().id());
        envelope.keys().older().forEach(key -> ids.add(key.id()));
        return ids;
    }

    /** To a new key of the folder's own. */
    public synchronized Rotated rotate(String author) {
        if (given) {
            return new Rotated.Given();
        }
        KeyRing keys = envelope.keys().under(KeyEncryptionKey.generate());
        String id = keys.current().id();
        String far = "; no secret was changed";
        try {
            folder.keep(keys);
            announce(author, id);
            envelope.use(keys);
            far = "; key " + id + " is current, the next start or rotation takes over the rest";
            return new Rotated.Done(id, takeOver(author, id));
        } catch (Unwritten e) {
            return new Rotated.Unwritten(e.getMessage() + far);
        } catch (Undecided e) {
            return new Rotated.Undecided(e.getMessage() + far);
        }
    }

    /** What a start has to do where there is more than one key. */
    public synchronized void finish() throws StoreUnusable {
        KeyRing keys = envelope.keys();
        String current = keys.current().id();
        if (known().equals(List.of(current))) {
            return; // the others were retired when the last secret was taken over
        }
        try {
            announce("store", current);
            takeOver("store", current);
        } catch (Unwritten
                | Undecided
                | PinExpired
                | UncheckedIOException
                | CompletionException e) {
            Throwable why = e instanceof Unwritten || e.getCause() == null ? e : e.getCause();
            throw new StoreUnusable("the store's key cannot be exchanged: " + why.getMessage(), e);
        } catch (KeyMissing e) {
            throw new StoreUnusable(
                    e.getMessage() + "; older keys stand in WICK_STORE_OLD_KEYS, or in DIR/key", e);
        }
    }

    /**
     * Nothing is made under another key by then; what was, and is still on its way to the log
     * although its writer gave it up, is waited for.
     */
    private long takeOver(String author, String current) throws Unwritten, Undecided {
        if (!keep.settle()) {
            throw new Undecided("it is not known what is on its way to the log");
        }
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

    private void announce(String author, String current) throws Unwritten, Undecided {
        byte[] made = clock.instant().toString().getBytes(StandardCharsets.UTF_8);
        change(
                Tokens.GATEWAY,
                author,
                pin ->
                        Wanted.of(
                                known().contains(current)
                                        ? List.of()
                                        : List.of(Change.put(KEY, current, made))));
    }

    private void retire(String author, String current) throws Unwritten, Undecided {
        change(
                Tokens.GATEWAY,
                author,
                pin ->
                        Wanted.of(
                                known().stream()
                                        .filter(id -> !id.equals(current))
                                        .map(id -> Change.delete(KEY, id))
                                        .toList()));
    }

    private long rewrap(String gateway, String author) throws Unwritten, Undecided {
        long sum = 0;
        String last = null;
        do {
            String after = last;
            Wanted made = change(gateway, author, pin -> stale(gateway, pin, after));
            sum += made.changes.size();
            last = made.last;
        } while (last != null);
        return sum;
    }

    /**
     * Some of those that are not under the current key, wrapped by it, from a name on: those before
     * it are, whoever has written them since.
     */
    private Wanted stale(String gateway, Pin pin, @Nullable String from) {
        List<Change> changes = new ArrayList<>();
        long bytes = 0;
        int looked = 0;
        String after = from;
        List<Stored> page;
        do {
            page = pin.page(SECRET, after, READ);
            for (Stored stored : page) {
                after = stored.key().name();
                byte[] rewrapped = envelope.rewrap(gateway, SECRET, after, stored.document());
                if (rewrapped != null) {
                    changes.add(Change.put(SECRET, after, rewrapped));
                    bytes += rewrapped.length;
                }
                if (bytes >= MOST_BYTES) {
                    return new Wanted(changes, after);
                }
            }
            looked += page.size();
        } while (page.size() == READ && changes.size() < PAGE && looked < MOST_LOOKS);
        return new Wanted(changes, page.size() == READ ? after : null);
    }

    /**
     * What shall be changed.
     *
     * @param last name that was looked at; null: all were
     */
    private record Wanted(List<Change> changes, @Nullable String last) {

        static Wanted of(List<Change> changes) {
            return new Wanted(changes, null);
        }
    }

    private interface Changes {
        Wanted asOf(Pin pin);
    }

    /** What was changed; whoever was faster is waited for. */
    private Wanted change(String gateway, String author, Changes changes)
            throws Unwritten, Undecided {
        int unknown = 0;
        for (int tries = 0; tries < TRIES; tries++) {
            Proposal proposal;
            Wanted wanted;
            try (Pin pin = keep.longPin(gateway)) {
                wanted = changes.asOf(pin);
                if (wanted.changes.isEmpty()) {
                    return wanted;
                }
                String id = UUID.randomUUID().toString();
                proposal = new Proposal(pin.revision(), id, author, COMMENT, wanted.changes);
            }
            Outcome outcome = commit(gateway, proposal);
            if (outcome instanceof Outcome.Committed) {
                return wanted;
            }
            if (outcome instanceof Outcome.Unknown && ++unknown == UNKNOWN_TRIES) {
                throw new Undecided("gateway " + gateway + ": it is not known what was committed");
            }
        }
        throw new Undecided("gateway " + gateway + ": others were faster " + TRIES + " times");
    }

    private Outcome commit(String gateway, Proposal proposal) throws Unwritten {
        try {
            return keep.commit(gateway, proposal).toCompletableFuture().join();
        } catch (CompletionException e) {
            Unwritten unwritten = Unwritten.in(e);
            if (unwritten == null) {
                throw e;
            }
            throw unwritten;
        }
    }
}
