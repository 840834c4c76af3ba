package dev.wick.gateway.draw;

import dev.wick.gateway.feed.DocumentKey;
import dev.wick.gateway.feed.Holding;
import dev.wick.gateway.feed.HostHealth;
import dev.wick.gateway.feed.HostName;
import dev.wick.gateway.feed.Part;
import dev.wick.gateway.feed.Slice;
import dev.wick.gateway.live.Names;
import dev.wick.gateway.upstream.Clusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the instance holds: names, and the {@link Documents} that serve them. Confined to one loop.
 */
final class Holdings {

    private final HoldingsWatcher watcher;
    private final Documents documents;
    private final Health health;
    private final Map<HostName, HeldName> names = new HashMap<>();

    Holdings(Clusters running, Workshop workshop, HoldingsWatcher watcher) {
        this.watcher = watcher;
        this.documents = new Documents(running, workshop, watcher);
        this.health = new Health(running);
    }

    @Nullable HeldName name(HostName name) {
        return names.get(name);
    }

    Collection<HeldName> names() {
        return names.values();
    }

    Documents documents() {
        return documents;
    }

    List<HostHealth> foundHealth() {
        return health.found();
    }

    Holding holding() {
        return new Holding(new ArrayList<>(names.keySet()), documents.keys());
    }

    boolean holds(DocumentKey key) {
        return documents.holds(key);
    }

    /**
     * A name is served by a slice.
     *
     * @return false where nothing of it can be served, now or from before
     */
    boolean take(HostName name, Names into, Slice slice) {
        health.hear(slice);
        HeldVirtualHost host = documents.learn(slice);
        HeldName held = names.get(name);
        if (host.isServed()) {
            if (held == null || slice.revision() >= held.asOf) {
                serve(name(name, into), host, slice);
            }
        } else {
            documents.keepRefused(host);
        }
        documents.sweep();
        health.forget(slice);
        return host.isServed() || (held != null && held.virtualHost != null);
    }

    /**
     * A name is served by what was good once: nothing of it takes the place of what is known to be
     * good now.
     *
     * @return false where nothing of it can be served
     */
    boolean takeCopy(HostName name, Names into, Slice slice) {
        HeldVirtualHost host = documents.learnOld(slice);
        if (host.isServed()) {
            serve(name(name, into), host, slice);
        } else {
            documents.keepRefused(host);
        }
        documents.sweep();
        return host.isServed();
    }

    private void serve(HeldName held, HeldVirtualHost host, Slice slice) {
        leave(held, host);
        held.virtualHost = host;
        held.domain = slice.domain();
        held.etag = slice.etag();
        held.asOf = slice.revision();
        host.names.add(held);
        Documents.offer(held, host);
        documents.keep(host);
        watcher.serves(held);
    }

    /** Nobody serves the name, as of a revision. */
    void takeUnknown(HostName name, Names into, long revision) {
        HeldName held = name(name, into);
        if (revision < held.asOf) {
            return;
        }
        leave(held, null);
        held.virtualHost = null;
        held.etag = "";
        held.asOf = revision;
        into.offerUnknown(name.host());
        watcher.unknown(name);
        documents.sweep();
    }

    private HeldName name(HostName name, Names into) {
        return names.computeIfAbsent(name, n -> new HeldName(n, into));
    }

    /** What is held of a name is still so, as of a revision; false where nothing is held of it. */
    boolean confirm(HostName name, long revision) {
        HeldName held = names.get(name);
        if (held == null) {
            return false;
        }
        held.asOf = Math.max(held.asOf, revision);
        return true;
    }

    /** The name goes; so does what only it needed. */
    void release(HostName name) {
        HeldName held = names.remove(name);
        if (held != null) {
            leave(held, null);
            documents.sweep();
        }
    }

    /** Documents changed, or came to be referred to, as of a revision. */
    void change(List<Part> changed, long revision) {
        documents.change(changed, revision);
    }

    /**
     * Revisions say nothing about the age of what is held. Where something of it is newer than what
     * the store holds now, entity tags say nothing either: their revisions come again, with other
     * documents.
     */
    void forgetAges(long told, long revision) {
        boolean isTakenBack =
                told > revision || names.values().stream().anyMatch(name -> name.asOf > revision);
        for (HeldName name : names.values()) {
            name.asOf = 0;
            name.etag = isTakenBack ? "" : name.etag;
        }
        documents.forgetAges();
    }

    /** The name is no longer served by whoever served it, unless that is {@code stays}. */
    private void leave(HeldName name, @Nullable HeldVirtualHost stays) {
        HeldVirtualHost before = name.virtualHost;
        if (before != null && before != stays) {
            before.names.remove(name);
            if (before.names.isEmpty()) {
                documents.drop(before);
            }
        }
    }
}
