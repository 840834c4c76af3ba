package dev.wick.gateway.draw;

import dev.wick.gateway.client.Timer;
import dev.wick.gateway.feed.ListenerSet;
import dev.wick.gateway.feed.ListenersPulled;
import dev.wick.gateway.feed.Part;
import dev.wick.model.Listener;
import dev.wick.model.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The listener set on its way from the store, or from the copy on disk where the store is away or
 * slow; asked for until it is there, and again when it changed. Confined to the loop of its {@link
 * Draw}.
 */
final class Listening implements ListenersPulled {

    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final long ATTEMPT_MILLIS = 3_000;
    private static final long SLOW_MILLIS = 1_000;

    private final Pulls pulls;
    private final ListenersDrawn drawn;
    private final Map<String, Listener> good = new HashMap<>();
    private List<Part> parts = List.of();
    private List<Problem> problems = List.of();
    private String etag = "";
    private long asOf = -1;
    private long atLeast;
    private volatile boolean known;
    private boolean asking;
    private boolean again;
    private int generation;
    private boolean copyAsked;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private @Nullable ListenerSet latest;
    private @Nullable Timer pause;

    Listening(Pulls pulls, ListenersDrawn drawn) {
        this.pulls = pulls;
        this.drawn = drawn;
    }

    void start() {
        ask();
        if (pulls.copy != null) {
            pulls.loop.schedule(SLOW_MILLIS, this::askCopy);
        }
        pulls.loop.schedule(
                pulls.fetchTimeoutMillis,
                () -> {
                    if (!known) {
                        drawn.unknown();
                    }
                });
    }

    /** Any thread. */
    boolean known() {
        return known;
    }

    List<Part> parts() {
        return parts;
    }

    List<Problem> problems() {
        return problems;
    }

    /** Puts the set into the copy, where it comes from the store and is good. */
    void keepAgain() {
        ListenerSet set = latest;
        if (pulls.copy != null && set != null && problems.isEmpty()) {
            pulls.copy.keep(set);
        }
    }

    /** It changed; an answer must not be older. */
    void redraw(long revision) {
        atLeast = Math.max(atLeast, revision);
        if (asking) {
            again = true;
        } else {
            ask();
        }
    }

    /** Revisions of another epoch say nothing about the age of what is held. */
    void restart(long revision) {
        asOf = -1;
        etag = "";
        atLeast = 0;
        redraw(revision);
    }

    private void ask() {
        if (pause != null) {
            pause.cancel();
            pause = null;
        }
        asking = true;
        again = false;
        generation = pulls.standing.generation();
        long min = Math.max(atLeast, pulls.standing.told());
        pulls.feed.pullListeners(pulls.standing.epoch(), etag, min, ATTEMPT_MILLIS, this);
    }

    @Override
    public void listeners(ListenerSet set) {
        if (answered(set.epoch(), set.revision())) {
            etag = set.etag();
            take(set);
            latest = set;
            keepAgain();
        }
    }

    @Override
    public void unchanged(String epoch, long revision) {
        if (answered(epoch, revision)) {
            asOf = revision;
        }
    }

    private boolean answered(String epoch, long revision) {
        asking = false;
        pulls.contact.answered();
        boolean current =
                generation == pulls.standing.generation()
                        && pulls.agrees(epoch, revision)
                        && revision >= pulls.standing.first();
        if (!current || again || revision < atLeast || revision < asOf) {
            askLater();
            return false;
        }
        pauseMillis = FIRST_PAUSE_MILLIS;
        return true;
    }

    @Override
    public void behind(String epoch, long revision) {
        asking = false;
        pulls.contact.answered();
        pulls.behind(generation, epoch, revision);
        askLater();
    }

    @Override
    public void failed(String why) {
        asking = false;
        pulls.contact.failed(why);
        askCopy();
        askLater();
    }

    private void askLater() {
        if (pause == null && !asking) {
            long jittered = pauseMillis / 2 + ThreadLocalRandom.current().nextLong(pauseMillis);
            pause = pulls.loop.schedule(jittered, this::ask);
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        }
    }

    private void askCopy() {
        Copy copy = pulls.copy;
        if (copy != null && !copyAsked && !known) {
            copyAsked = true;
            copy.readListeners(
                    set -> {
                        if (set != null && !known) {
                            take(set);
                        }
                    });
        }
    }

    /** A listener that cannot be read leaves the last good one of its name. */
    private void take(ListenerSet set) {
        asOf = set.revision();
        parts = set.listeners();
        List<Problem> wrong = new ArrayList<>();
        Map<String, Listener> now = new HashMap<>();
        List<Listener> listeners = new ArrayList<>(parts.size());
        for (Part part : parts) {
            Listener listener = read(part, wrong);
            if (listener != null) {
                now.put(part.key().name(), listener);
                listeners.add(listener);
            }
        }
        good.clear();
        good.putAll(now);
        problems = wrong;
        known = true;
        drawn.listeners(listeners);
    }

    private @Nullable Listener read(Part part, List<Problem> wrong) {
        Part.Reading read = part.read();
        Problem problem = read.problem();
        if (read.document() instanceof Listener listener) {
            return listener;
        }
        String kind = part.key().kind();
        wrong.add(
                problem == null
                        ? new Problem(part.key().toString(), "kind", kind, "Listener")
                        : problem);
        return good.get(part.key().name());
    }
}
