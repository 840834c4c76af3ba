package dev.wick.store.follow;

import dev.wick.store.follow.GatewayFollowers.Concerned;
import dev.wick.store.follow.GatewayFollowers.Joined;
import dev.wick.store.follow.GatewayFollowers.Late;
import dev.wick.store.keep.DomainKey;
import dev.wick.store.keep.Indexer;
import dev.wick.store.keep.Keep;
import dev.wick.store.keep.Pin;
import dev.wick.store.keep.Stored;
import dev.wick.store.keep.Wildcards;
import dev.wick.store.revision.Key;
import dev.wick.store.slice.HostName;
import dev.wick.store.slice.LookupOrder;
import dev.wick.store.slice.Slices;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what the followers of one gateway have to be told of one row of revisions: everything
 * as of its last one, read once for all of them, at the cost of what was touched and is held. Made
 * for one row and used by one thread.
 */
final class Teller {

    private final GatewayFollowers home;
    private final Keep keep;
    private final Indexer indexer;
    private final Pin pin;
    private final Map<Follower, Marks> marks = new IdentityHashMap<>();
    private final Map<Key, Read> read = new HashMap<>();

    /** A document as of the pin, and what it refers to. */
    private record Read(byte @Nullable [] kept, List<Key> references) {}

    Teller(GatewayFollowers home, Keep keep, Indexer indexer, Pin pin) {
        this.home = home;
        this.keep = keep;
        this.indexer = indexer;
        this.pin = pin;
    }

    /** Tells what happened after {@code home.told()} up to the pin. */
    void tell() {
        long from = home.told();
        Missed missed = Missed.between(keep, home.gateway, from, pin.revision());
        Concerned concerned = home.concerned(pin.revision(), missed);
        if (missed == null) {
            concerned.all().forEach(follower -> marks(follower).reset());
        } else {
            concerned.documents().forEach(this::changed);
            concerned.hosts().forEach((host, holders) -> moved(host, holders, missed));
            if (missed.listeners()) {
                concerned.all().forEach(follower -> marks(follower).listeners());
            }
        }
        concerned.overfull().forEach(follower -> marks(follower).reset());
        concerned.joined().forEach(this::joined);
        concerned.late().forEach(this::late);
        concerned.all().forEach(follower -> follower.settle(pin.revision(), marks.get(follower)));
        concerned.overfull().forEach(Follower::end);
    }

    private Marks marks(Follower follower) {
        return marks.computeIfAbsent(follower, f -> new Marks());
    }

    private void changed(Key key, List<Follower> holders) {
        holders.forEach(follower -> mark(follower, key));
    }

    /** With what it refers to, where the follower does not hold that yet. */
    private void mark(Follower follower, Key key) {
        Marks news = marks(follower);
        Deque<Key> left = new ArrayDeque<>(List.of(key));
        while (!left.isEmpty()) {
            Key next = left.pop();
            Read document = read.computeIfAbsent(next, this::read);
            news.document(next, document.kept());
            for (Key reference : document.references()) {
                if (home.hold(follower, reference)) {
                    left.push(reference);
                }
            }
        }
    }

    private Read read(Key key) {
        Stored stored = pin.document(key);
        if (stored == null) {
            return new Read(null, List.of());
        }
        List<Key> references =
                indexer.index(home.gateway, key, stored.document()).references().stream()
                        .filter(Slices::isPartOfSlices)
                        .toList();
        return new Read(stored.document(), references);
    }

    private void moved(HostName host, List<Follower> holders, Missed missed) {
        if (isMoved(host, missed)) {
            holders.forEach(follower -> marks(follower).host(host));
        }
    }

    /**
     * Whether a domain that was gained, lost or moved comes before, or is, the one that serves the
     * host now.
     */
    private boolean isMoved(HostName host, Missed missed) {
        // Those present, and those that were lost.
        Wildcards wildcards = LookupOrder.merged(Slices.wildcards(pin, host), missed.wildcards());
        Boolean moved =
                LookupOrder.first(
                        host,
                        wildcards,
                        domain -> {
                            if (isTouched(host, domain, missed.domains())) {
                                return Boolean.TRUE;
                            }
                            return Slices.claimant(pin, host, domain) == null
                                    ? null
                                    : Boolean.FALSE;
                        });
        return moved != null && moved;
    }

    private static boolean isTouched(HostName host, String domain, Set<DomainKey> touched) {
        for (DomainKey place : host.places(domain)) {
            if (touched.contains(place)) {
                return true;
            }
        }
        return false;
    }

    private void joined(Joined joined) {
        Follower follower = joined.follower();
        long since = Math.min(joined.since(), pin.revision());
        Missed missed =
                joined.mayCatchUp(keep.epoch(), keep.head(home.gateway))
                        ? Missed.between(keep, home.gateway, since, pin.revision())
                        : null;
        if (missed == null) {
            marks(follower).reset();
            return;
        }
        home.documentsOf(follower).stream()
                .filter(missed.keys()::contains)
                .forEach(key -> mark(follower, key));
        if (!missed.domains().isEmpty()) {
            home.hostsOf(follower).forEach(host -> moved(host, List.of(follower), missed));
        }
        if (missed.listeners()) {
            marks(follower).listeners();
        }
    }

    private void late(Late late) {
        for (Key key : late.documents()) {
            long changed = pin.changed(key);
            if (changed == 0 || changed > late.since()) {
                mark(late.follower(), key);
            }
        }
    }
}
