package dev.wick.gateway.draw;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.client.Timer;
import dev.wick.gateway.feed.Feed;
import dev.wick.gateway.feed.HostName;
import dev.wick.gateway.live.Names;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All names on their way from the store: one pull for each, so many at a time, those that requests
 * wait for first. Confined to its loop.
 */
final class Pulls {

    private static final int AT_A_TIME = 32;
    private static final long REDRAW_PAUSE_MILLIS = 1_000;

    final Loop loop;
    final Feed feed;
    final Holdings holdings;
    final Standing standing;
    final Workshop workshop;
    final Contact contact;
    final @Nullable Copy copy;
    final long fetchTimeoutMillis;
    private final BiConsumer<String, Long> otherEpoch;
    private final Map<HostName, Pull> pulls = new HashMap<>();
    private final ArrayDeque<Pull> queue = new ArrayDeque<>();

    /** Names that are held and to be drawn anew, and the revision that the answer must have. */
    private final LinkedHashMap<HostName, Long> redraws = new LinkedHashMap<>();

    private final Set<HostName> uncovered = new LinkedHashSet<>();
    private int running;
    private @Nullable Timer pause;

    /** Odd while a stream is being asked for; grows with each step. */
    private int phase;

    Pulls(
            Loop loop,
            Feed feed,
            Holdings holdings,
            Standing standing,
            Workshop workshop,
            Contact contact,
            @Nullable Copy copy,
            long fetchTimeoutMillis,
            BiConsumer<String, Long> otherEpoch) {
        this.loop = loop;
        this.feed = feed;
        this.holdings = holdings;
        this.standing = standing;
        this.workshop = workshop;
        this.contact = contact;
        this.copy = copy;
        this.fetchTimeoutMillis = fetchTimeoutMillis;
        this.otherEpoch = otherEpoch;
    }

    /** Requests wait for the name. */
    void await(HostName name, Names into) {
        assert loop.inLoop();
        Pull pull = pulls.get(name);
        if (pull == null) {
            pull = new Pull(this, name, into, 0);
            pulls.put(name, pull);
            pull.await();
            if (running < AT_A_TIME) {
                start(pull);
            } else {
                queue.add(pull);
            }
        } else {
            pull.await();
        }
    }

    /** The name is held and may have changed: it is drawn anew while what is held serves. */
    void redraw(HostName name, long atLeast) {
        Pull pull = pulls.get(name);
        if (pull == null) {
            redraws.merge(name, atLeast, Math::max);
            pump();
        } else {
            pull.atLeast(atLeast);
        }
    }

    boolean busy(HostName name) {
        return pulls.containsKey(name);
    }

    /** What is being asked for now must not be older: something was told that it may lack. */
    void atLeast(long revision) {
        for (Pull pull : pulls.values()) {
            pull.atLeast(revision);
        }
    }

    /** All that is held is to be validated anew, and what is under way asked for again. */
    void restart(Collection<HostName> held) {
        redraws.clear();
        for (Pull pull : List.copyOf(pulls.values())) {
            pull.restart();
        }
        for (HostName name : held) {
            if (!pulls.containsKey(name)) {
                redraws.put(name, 0L);
            }
        }
        pump();
    }

    /** The store answers again. */
    void pump() {
        while (running < AT_A_TIME && !queue.isEmpty()) {
            Pull next = queue.remove();
            if (!next.done()) {
                start(next);
            }
        }
        if (contact.away()) {
            pumpLater();
            return;
        }
        while (running < AT_A_TIME && !redraws.isEmpty()) {
            Iterator<Map.Entry<HostName, Long>> first = redraws.entrySet().iterator();
            Map.Entry<HostName, Long> next = first.next();
            first.remove();
            HeldName held = holdings.name(next.getKey());
            if (held != null) {
                Pull pull = new Pull(this, held.name, held.into, next.getValue());
                pulls.put(held.name, pull);
                start(pull);
            }
        }
    }

    /** One name tells whether the store is back. */
    private void pumpLater() {
        if (pause == null && !redraws.isEmpty()) {
            long jitter = ThreadLocalRandom.current().nextLong(REDRAW_PAUSE_MILLIS);
            pause = loop.schedule(REDRAW_PAUSE_MILLIS + jitter, this::probe);
        }
    }

    private void probe() {
        pause = null;
        if (!redraws.isEmpty() && running < AT_A_TIME) {
            HostName name = redraws.keySet().iterator().next();
            Long atLeast = redraws.remove(name);
            HeldName held = holdings.name(name);
            if (held != null && atLeast != null) {
                Pull pull = new Pull(this, held.name, held.into, atLeast);
                pulls.put(held.name, pull);
                start(pull);
            }
        }
        pump();
    }

    private void start(Pull pull) {
        running++;
        pull.start();
    }

    void ended(Pull pull) {
        pulls.remove(pull.name, pull);
        if (pull.started()) {
            running--;
        }
        pump();
    }

    int retryAfterSeconds() {
        return (int) Math.max(1, fetchTimeoutMillis / 1_000);
    }

    /** Whether an answer is of our epoch; where it is not, everything starts anew with it. */
    boolean agrees(String epoch, long revision) {
        if (!standing.agrees(epoch, revision)) {
            otherEpoch.accept(epoch, revision);
        }
        return true;
    }

    /**
     * The store is behind what it said itself: everything starts anew with where it is. Not where
     * that was done since the question.
     */
    void behind(int asked, String epoch, long revision) {
        if (asked == standing.generation()) {
            otherEpoch.accept(epoch, revision);
        }
    }

    int phase() {
        return phase;
    }

    /** What is held now has been said, and the stream of changes to it is being asked for. */
    void following() {
        phase += 1 + phase % 2;
    }

    /** From now on the store tells of changes. */
    void followed() {
        phase++;
        List<HostName> unsure = List.copyOf(uncovered);
        uncovered.clear();
        unsure.forEach(name -> redraw(name, 0));
    }

    /** There is no stream; the next one begins with what is held then. */
    void unfollowed() {
        phase += phase % 2;
        uncovered.clear();
    }

    /**
     * Whether the store tells, or will tell, of changes to what was asked for in a phase: not where
     * it was read, perhaps, before the stream began, and came after what is held was said.
     */
    boolean covers(int asked) {
        return asked == phase && phase % 2 == 0;
    }

    /** Of changes to this name the store may not know to tell: it is read again once it does. */
    void uncovered(HostName name) {
        if (phase % 2 == 0) {
            redraw(name, 0);
        } else {
            uncovered.add(name);
        }
    }
}
