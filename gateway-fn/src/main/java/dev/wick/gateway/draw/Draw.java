package dev.wick.gateway.draw;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.feed.Changed;
import dev.wick.gateway.feed.DocumentKey;
import dev.wick.gateway.feed.Feed;
import dev.wick.gateway.feed.Follow;
import dev.wick.gateway.feed.Following;
import dev.wick.gateway.feed.HostName;
import dev.wick.gateway.feed.Part;
import dev.wick.gateway.live.Drawing;
import dev.wick.gateway.live.Live;
import dev.wick.gateway.live.LiveLimits;
import dev.wick.gateway.live.Names;
import dev.wick.gateway.upstream.Clusters;
import dev.wick.model.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Draws what requests need, and keeps it current. Confined to its loop but for what says otherwise.
 *
 * <p><b>Two sources, one truth.</b> What is held comes by slices, on one connection, and by the
 * stream of changes, on another; nothing orders the two but the revisions that both carry. What
 * keeps them apart:
 *
 * <ol>
 *   <li>Everything held knows as of which revision it is known to be the newest. What is older is
 *       not taken, whichever way it comes: an event overtakes a slice and stays.
 *   <li>A slice is asked for with the last revision told as its minimum, so it is never older than
 *       what was told before the question. What is told while it is under way either concerns what
 *       is held (then 1. holds), or not: then a later revision than the slice's may have touched a
 *       part of it that came to nobody, so it is asked for again unless it is as new as that.
 *   <li>The store notes what a slice is made of before it reads it, and tells of every change from
 *       then on, if there is a stream. A new stream begins with all that is held at that moment,
 *       and the last revision told: the store tells what it missed. What was under way meanwhile
 *       may have been noted for the stream before, so it is validated once more (by its entity tag)
 *       when the new one has begun. Before the first stream the last revision told is that of the
 *       first answer, which no later answer undercuts.
 *   <li>What is let go is dropped at the store some time later; the store ignores that for what was
 *       drawn again since. When a document goes while slices are under way, those must be as new as
 *       the last revision told: it may have changed since they were read.
 *   <li>Another epoch, a reset, or a store that is behind what it told, says that revisions held
 *       mean nothing: ages are forgotten, answers to older questions are dropped, all names are
 *       drawn anew, and what is held serves until then.
 * </ol>
 */
public final class Draw implements Drawing {

    private static final long KEPT_WITHIN_AN_AGE = 4;

    /** Following waits for the first host, which is more urgent, but not for ever. */
    private static final long FOLLOW_MILLIS = 250;

    private final Loop loop;
    private final Live live;
    private final Standing standing = new Standing();
    private final Workshop workshop;
    private final Holdings holdings;
    private final Contact contact;
    private final @Nullable Copy copy;
    private final long keepMillis;
    private final Pulls pulls;
    private final Listening listening;
    private final Follow follow;
    private final Reports reports;
    private final CountDownLatch first = new CountDownLatch(1);
    private final Departures departures;

    /**
     * @param gateway its name, to which the copy on disk is bound
     * @param log hears a sentence now and then
     */
    public Draw(
            Loop loop,
            Feed feed,
            Clusters clusters,
            LiveLimits limits,
            DrawSettings settings,
            String gateway,
            Ports ports,
            Consumer<String> log) {
        this.loop = loop;
        this.live = new Live(this, limits);
        this.workshop = new Workshop(loop);
        this.holdings = new Holdings(clusters, workshop, new Consequences());
        this.contact = new Contact(log, this::returned);
        this.copy =
                settings.copy() == null
                        ? null
                        : new Copy(loop, new CopyFiles(settings.copy(), gateway), log);
        this.keepMillis = settings.copyMillis() / KEPT_WITHIN_AN_AGE;
        this.pulls =
                new Pulls(
                        loop,
                        feed,
                        holdings,
                        standing,
                        workshop,
                        contact,
                        copy,
                        settings.fetchTimeoutMillis(),
                        this::restart);
        this.listening = new Listening(pulls, new Arrived(ports));
        this.follow = feed.follow(new Told());
        this.departures =
                new Departures(
                        loop, feed, follow::connected, holdings, pulls, clusters, live, limits);
        this.reports = new Reports(this, loop, feed, settings.version(), ports);
        clusters.watchHealth(() -> loop.execute(reports::soon));
    }

    /** What is current; any thread. */
    public Live live() {
        return live;
    }

    /** Asks for the listener set; the rest follows. Any thread; once. */
    public void start() {
        loop.execute(listening::start);
        if (copy != null) {
            loop.execute(this::keepLater);
        }
    }

    private void keepLater() {
        loop.schedule(keepMillis, this::keepAgain);
    }

    /** What is still current must not grow too old in the copy. */
    private void keepAgain() {
        holdings.documents().keepAgain();
        for (HeldName name : holdings.names()) {
            keep(name);
        }
        listening.keepAgain();
        keepLater();
    }

    private void keep(HeldName name) {
        HeldVirtualHost host = name.virtualHost;
        if (copy != null && host != null && host.isDocument() && name.asOf > 0) {
            copy.keep(name.name, name.domain, host.key().name());
        }
    }

    /** Any thread. */
    @Override
    public void draw(Names names, String host) {
        HostName name = new HostName(names.listener(), names.chain(), host);
        if (loop.inLoop()) {
            pulls.await(name, names);
        } else {
            loop.execute(() -> pulls.await(name, names));
        }
    }

    /** Any thread; something about the ports changed. */
    public void portsChanged() {
        loop.execute(reports::soon);
    }

    /** Returns when the first host is served, or after a while. Any thread but the loop's. */
    public void awaitFirst(long millis) throws InterruptedException {
        first.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Tells what is held, on the loop; any thread. */
    public void dump(Consumer<Dump> then) {
        loop.execute(
                () ->
                        then.accept(
                                Dump.of(
                                        standing,
                                        follow.connected(),
                                        listening.parts(),
                                        holdings.documents(),
                                        reports.problems())));
    }

    /** Whether the listener set is known; any thread. */
    public boolean knowsListeners() {
        return listening.known();
    }

    /** Draws no more; what is held serves on. Any thread but the loop's; waits for the copy. */
    public void stop(long millis) {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        loop.execute(
                () -> {
                    follow.stop();
                    reports.stop();
                    stopped.complete(null);
                });
        stopped.completeOnTimeout(null, millis, TimeUnit.MILLISECONDS).join();
        if (copy != null) {
            copy.close(millis);
        }
    }

    long revision() {
        return standing.told();
    }

    Holdings holdings() {
        return holdings;
    }

    Listening listening() {
        return listening;
    }

    private void returned() {
        follow.hurry();
        pulls.pump();
        reports.soon();
    }

    /** What is held is of another epoch, or too old to be caught up with: draws all of it anew. */
    private void restart(String epoch, long revision) {
        assert loop.inLoop();
        holdings.forgetAges(standing.told(), revision);
        standing.restart(epoch, revision);
        List<HostName> served = new ArrayList<>();
        for (HeldName name : List.copyOf(holdings.names())) {
            if (name.virtualHost == null) {
                departures.letGo(name);
            } else {
                served.add(name.name);
            }
        }
        pulls.restart(served);
        listening.restart(revision);
        reports.soon();
    }

    /** What follows from a new listener set. */
    private final class Arrived implements ListenersDrawn {

        private final ListenersDrawn next;

        Arrived(ListenersDrawn next) {
            this.next = next;
        }

        @Override
        public void listeners(List<Listener> listeners) {
            next.listeners(listeners);
            loop.schedule(FOLLOW_MILLIS, follow::start);
        }

        @Override
        public void unknown() {
            next.unknown();
        }
    }

    /** What follows from what the holdings do. */
    private final class Consequences implements HoldingsWatcher {

        @Override
        public void serves(HeldName name) {
            keep(name);
            first.countDown();
            follow.start();
            departures.sweepLater();
            reports.soon();
        }

        @Override
        public void serves(DocumentKey key, byte[] json, List<String> clusters) {
            if (copy != null) {
                copy.keep(key, json, clusters);
            }
        }

        @Override
        public void refused() {
            follow.start();
            reports.soon();
        }

        @Override
        public void unknown(HostName name) {
            if (copy != null) {
                copy.forget(name);
            }
            follow.start();
            departures.sweepLater();
        }

        @Override
        public void gone(DocumentKey key) {
            pulls.atLeast(standing.told());
            departures.drop(key);
        }

        @Override
        public void idle(String cluster) {
            departures.retire(cluster);
        }
    }

    /** What the store tells. */
    private final class Told implements Following {

        private boolean told;

        @Override
        public Position position() {
            pulls.following();
            return new Position(standing.epoch(), standing.told(), holdings.holding());
        }

        @Override
        public void connected() {
            told = true;
            contact.answered();
            pulls.followed();
        }

        @Override
        public void disconnected(String why) {
            pulls.unfollowed();
            if (!told) {
                contact.failed(why);
            }
            told = false;
        }

        @Override
        public void changed(Changed changed) {
            long revision = changed.revision();
            if (changed.isEmpty()) {
                standing.tell(revision);
                return;
            }
            if (touchesUnheld(changed)) {
                pulls.atLeast(revision);
            }
            standing.tell(revision);
            int generation = standing.generation();
            workshop.prepare(changed.documents(), () -> change(changed, generation));
            for (HostName host : changed.hosts()) {
                moved(host, revision);
            }
            if (changed.listeners()) {
                listening.redraw(revision);
            }
            reports.soon();
        }

        private void change(Changed changed, int generation) {
            if (generation == standing.generation()) {
                holdings.change(changed.documents(), changed.revision());
                reports.soon();
            }
        }

        private boolean touchesUnheld(Changed changed) {
            for (Part part : changed.documents()) {
                if (!holdings.holds(part.key())) {
                    return true;
                }
            }
            for (HostName host : changed.hosts()) {
                if (holdings.name(host) == null) {
                    return true;
                }
            }
            return false;
        }

        private void moved(HostName host, long revision) {
            HeldName held = holdings.name(host);
            if (held == null) {
                if (!pulls.busy(host)) {
                    departures.drop(host);
                }
            } else if (held.asOf < revision) {
                if (held.virtualHost == null && !pulls.busy(host)) {
                    departures.letGo(held);
                } else {
                    pulls.redraw(host, revision);
                }
            }
        }

        @Override
        public void reset(String epoch, long revision) {
            restart(epoch, revision);
        }
    }
}
