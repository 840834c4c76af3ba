package dev.wick.store.follow;

import dev.wick.store.keep.DomainKey;
import dev.wick.store.keep.Keep;
import dev.wick.store.revision.Key;
import dev.wick.store.slice.HostName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All who follow one gateway. What is held may change on any thread, guarded by this object; what
 * is told is found out by {@link Teller} alone, one row of revisions at a time.
 */
final class GatewayFollowers {

    /** A stream that began, and the revision from which on it must be told. */
    record Joined(Follower follower, Holdings holdings, long since) {

        /**
         * Who holds nothing yet needs no epoch. Who knows of a revision that is still to come has
         * it from before the store was put back to an earlier time.
         */
        boolean mayCatchUp(String epoch, long head) {
            return holdings.epoch().isEmpty()
                    ? holdings.isEmpty()
                    : holdings.epoch().equals(epoch) && holdings.revision() <= head;
        }
    }

    /**
     * Documents that came to be held after they were read as of {@code since}, when later revisions
     * were already told.
     */
    record Late(Follower follower, Set<Key> documents, long since) {}

    /**
     * What the revisions up to {@code revision} concern: found in one go, so that nobody who comes
     * to hold something meanwhile is forgotten.
     */
    record Concerned(
            Map<Key, List<Follower>> documents,
            Map<HostName, List<Follower>> hosts,
            List<Follower> all,
            List<Follower> overfull,
            List<Joined> joined,
            List<Late> late) {}

    final String gateway;
    private final Keep keep;
    private final HeldHosts hosts = new HeldHosts();
    private final Map<Key, Set<Follower>> documents = new HashMap<>();
    private final Map<String, Follower> followers = new HashMap<>();
    private final Drawn drawn = new Drawn();
    private List<Joined> joined = new ArrayList<>();
    private List<Late> late = new ArrayList<>();
    private long told;

    GatewayFollowers(String gateway, Keep keep) {
        this.gateway = gateway;
        this.keep = keep;
        this.told = keep.head(gateway);
    }

    /** The revision that {@link #concerned} was last asked for. */
    synchronized long told() {
        return told;
    }

    synchronized boolean isIdle() {
        return joined.isEmpty() && late.isEmpty();
    }

    /** A stream of the same instance that is still open ends. */
    synchronized Follower join(Holdings holdings) {
        Follower follower = new Follower(holdings.instance(), keep, this);
        Follower before = followers.put(holdings.instance(), follower);
        if (before != null) {
            release(before);
            before.end();
        }
        long[] since = {holdings.epoch().isEmpty() ? Long.MAX_VALUE : holdings.revision()};
        drawn.each(
                holdings.instance(),
                (host, revision) -> {
                    hold(follower, host);
                    since[0] = Math.min(since[0], revision);
                },
                (document, revision) -> {
                    hold(follower, document);
                    since[0] = Math.min(since[0], revision);
                });
        holdings.hosts().forEach(host -> hold(follower, host));
        holdings.documents().forEach(document -> hold(follower, document));
        joined.add(new Joined(follower, holdings, since[0]));
        return follower;
    }

    synchronized void leave(Follower follower) {
        if (followers.remove(follower.instance, follower)) {
            release(follower);
        }
    }

    private void release(Follower follower) {
        follower.hosts.forEach(host -> hosts.remove(host, follower));
        follower.documents.forEach(document -> unhold(document, follower));
        follower.hosts.clear();
        follower.documents.clear();
    }

    /** The instance is about to read the host. */
    synchronized void draws(String instance, HostName host, long now) {
        drawn.host(instance, host, keep.head(gateway), now);
        Follower follower = followers.get(instance);
        if (follower != null) {
            hold(follower, host);
        }
    }

    /**
     * The instance was given these documents as of {@code revision}. True when the teller has to
     * look at them.
     */
    synchronized boolean drew(String instance, Iterable<Key> keys, long revision, long now) {
        Follower follower = followers.get(instance);
        Set<Key> news = new HashSet<>();
        for (Key key : keys) {
            drawn.document(instance, key, revision, now);
            if (follower != null && hold(follower, key)) {
                news.add(key);
            }
        }
        if (follower == null || news.isEmpty() || revision >= told) {
            return false;
        }
        late.add(new Late(follower, news, revision));
        return true;
    }

    synchronized void drop(String instance, List<HostName> names, List<Key> keys, long now) {
        Follower follower = followers.get(instance);
        if (follower == null) {
            return;
        }
        for (HostName host : names) {
            if (!drawn.justDrawn(instance, host, now) && follower.hosts.remove(host)) {
                hosts.remove(host, follower);
            }
        }
        for (Key key : keys) {
            if (!drawn.justDrawn(instance, key, now) && follower.documents.remove(key)) {
                unhold(key, follower);
            }
        }
    }

    private void hold(Follower follower, HostName host) {
        if (follower.hosts.add(host)) {
            hosts.add(host, follower);
        }
    }

    /** False when it was held already, or the follower is gone: nobody would let go of it. */
    synchronized boolean hold(Follower follower, Key document) {
        return isHere(follower)
                && follower.documents.add(document)
                && documents.computeIfAbsent(document, d -> new HashSet<>(2)).add(follower);
    }

    @SuppressWarnings("ReferenceEquality") // another stream of the same instance is another one
    private boolean isHere(Follower follower) {
        return followers.get(follower.instance) == follower;
    }

    private void unhold(Key document, Follower follower) {
        Set<Follower> holders = documents.get(document);
        if (holders != null && holders.remove(follower) && holders.isEmpty()) {
            documents.remove(document);
        }
    }

    /**
     * Who holds what was touched, and who came since the last time; from now on {@link #told} is
     * {@code revision}.
     */
    synchronized Concerned concerned(long revision, @Nullable Missed missed) {
        Concerned concerned =
                new Concerned(
                        new HashMap<>(),
                        new HashMap<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        joined,
                        late);
        concerned.all.addAll(followers.values());
        followers.values().stream().filter(Follower::holdsTooMuch).forEach(concerned.overfull::add);
        if (missed != null) {
            for (Key key : missed.keys()) {
                Set<Follower> holders = documents.get(key);
                if (holders != null) {
                    concerned.documents.put(key, List.copyOf(holders));
                }
            }
            for (DomainKey domain : missed.domains()) {
                hosts.find(
                        domain,
                        (host, holders) ->
                                concerned.hosts.computeIfAbsent(host, h -> List.copyOf(holders)));
            }
        }
        joined = new ArrayList<>();
        late = new ArrayList<>();
        told = revision;
        return concerned;
    }

    synchronized List<HostName> hostsOf(Follower follower) {
        return List.copyOf(follower.hosts);
    }

    synchronized List<Key> documentsOf(Follower follower) {
        return List.copyOf(follower.documents);
    }

    synchronized List<Follower> all() {
        return List.copyOf(followers.values());
    }

    synchronized boolean follows(String instance) {
        return followers.containsKey(instance);
    }

    synchronized void forget(long now) {
        drawn.forget(now);
    }

    /** Nobody follows, and nobody has just drawn something who may be about to. */
    synchronized boolean isUnused() {
        return followers.isEmpty() && drawn.isEmpty() && isIdle();
    }
}
