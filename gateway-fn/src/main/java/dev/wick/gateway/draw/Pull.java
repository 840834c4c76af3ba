package dev.wick.gateway.draw;

import dev.wick.gateway.client.Call;
import dev.wick.gateway.client.Deadline;
import dev.wick.gateway.client.Timer;
import dev.wick.gateway.feed.HostName;
import dev.wick.gateway.feed.Part;
import dev.wick.gateway.feed.Slice;
import dev.wick.gateway.feed.SlicePulled;
import dev.wick.gateway.live.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One name on its way from the store: attempts, until one ends it or its time is over. Confined to
 * the loop of its {@link Pulls}.
 *
 * <p>Where requests wait for the name the copy on disk is asked as soon as an attempt fails, or is
 * slow; what it says is served, and the name is drawn again when the store is back.
 */
final class Pull extends Deadline {

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;
    private static final long ATTEMPT_MILLIS = 3_000;
    private static final long SLOW_MILLIS = 1_000;

    final HostName name;
    final Names into;
    private final Pulls pulls;
    private boolean awaited;
    private boolean started;
    private boolean done;
    private boolean copyAsked;
    private boolean repeated;
    private long atLeast;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private @Nullable Attempt attempt;
    private @Nullable Timer pause;
    private @Nullable Timer slow;

    Pull(Pulls pulls, HostName name, Names into, long atLeast) {
        this.pulls = pulls;
        this.name = name;
        this.into = into;
        this.atLeast = atLeast;
    }

    /** Requests wait for it, from now on no longer than the fetch timeout. */
    void await() {
        if (!awaited) {
            awaited = true;
            pulls.loop.arm(this, pulls.fetchTimeoutMillis);
        }
    }

    /** Its turn has come. */
    void start() {
        started = true;
        attempt();
    }

    boolean started() {
        return started;
    }

    boolean done() {
        return done;
    }

    /** An older answer is not taken. */
    void atLeast(long revision) {
        atLeast = Math.max(atLeast, revision);
    }

    private void attempt() {
        pause = null;
        if (done) {
            return;
        }
        HeldName held = pulls.holdings.name(name);
        atLeast = Math.max(atLeast, pulls.standing.told());
        if (held != null) {
            atLeast = Math.max(atLeast, held.asOf);
        }
        String etag = held == null ? "" : held.etag;
        Attempt next = new Attempt();
        attempt = next;
        String epoch = pulls.standing.epoch();
        next.call = pulls.feed.pull(name, epoch, etag, atLeast, ATTEMPT_MILLIS, next);
        if (awaited && !copyAsked && slow == null && pulls.copy != null) {
            slow = pulls.loop.schedule(SLOW_MILLIS, this::askCopy);
        }
    }

    /** What was asked for before says nothing any more. */
    void restart() {
        atLeast = pulls.standing.told();
        Attempt running = attempt;
        if (running != null) {
            running.cancel();
            attempt();
        }
    }

    @Override
    protected void expired() {
        giveUp();
    }

    private void giveUp() {
        end();
        pulls.ended(this);
    }

    /** Whoever still waits has nothing to wait for. */
    private void end() {
        done = true;
        disarm();
        if (attempt != null) {
            attempt.cancel();
        }
        if (pause != null) {
            pause.cancel();
        }
        if (slow != null) {
            slow.cancel();
        }
        if (awaited) {
            into.unavailable(name.host(), pulls.retryAfterSeconds());
        }
    }

    private void succeed(boolean covered) {
        end();
        pulls.ended(this);
        if (!covered) {
            pulls.uncovered(name);
        }
    }

    private void askCopy() {
        slow = null;
        Copy copy = pulls.copy;
        if (copy != null && awaited && !copyAsked && !done) {
            copyAsked = true;
            copy.read(name, this::copied);
        }
    }

    private void copied(@Nullable Slice slice) {
        if (!done && slice != null && pulls.holdings.takeCopy(name, into, slice)) {
            end();
            pulls.ended(this);
            pulls.redraw(name, 0);
        } else if (!done && attempt == null && pulls.contact.awayFor(pulls.fetchTimeoutMillis)) {
            giveUp();
        }
    }

    private void failed(String why) {
        attempt = null;
        pulls.contact.failed(why);
        if (!awaited) {
            end();
            pulls.ended(this);
            pulls.redraw(name, atLeast);
            return;
        }
        if (!copyAsked && pulls.copy != null) {
            askCopy();
        } else if (pulls.contact.awayFor(pulls.fetchTimeoutMillis)) {
            giveUp();
            return;
        }
        afterPause();
    }

    /** At once the first time: there may be no second. */
    private void again() {
        if (repeated) {
            afterPause();
        } else {
            repeated = true;
            attempt();
        }
    }

    private void afterPause() {
        long jittered = pauseMillis / 2 + ThreadLocalRandom.current().nextLong(pauseMillis);
        pause = pulls.loop.schedule(jittered, this::attempt);
        pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
    }

    /** Nothing of what the store says can be served here; the copy may have what could. */
    private void refused() {
        Copy copy = pulls.copy;
        if (copy != null && !copyAsked) {
            copyAsked = true;
            copy.read(
                    name,
                    slice -> {
                        if (!done
                                && (slice == null || !pulls.holdings.takeCopy(name, into, slice))) {
                            giveUp();
                        } else if (!done) {
                            succeed(true);
                        }
                    });
        } else {
            giveUp();
        }
    }

    /** One question to the store. */
    private final class Attempt implements SlicePulled {

        private final int generation = pulls.standing.generation();
        private final int phase = pulls.phase();
        private boolean cancelled;
        private @Nullable Call call;

        void cancel() {
            cancelled = true;
            if (call != null) {
                call.cancel();
            }
        }

        /** Whether the answer may be taken; where not, the store is asked again. */
        private boolean counts(String epoch, long revision) {
            if (cancelled) {
                return false;
            }
            attempt = null;
            pulls.contact.answered();
            boolean current =
                    generation == pulls.standing.generation()
                            && pulls.agrees(epoch, revision)
                            && revision >= Math.max(atLeast, pulls.standing.first());
            if (!current) {
                again();
            }
            return current;
        }

        @Override
        public void slice(Slice slice) {
            if (counts(slice.epoch(), slice.revision())) {
                List<Part> parts = new ArrayList<>(slice.documents());
                parts.add(slice.virtualHost());
                pulls.workshop.prepare(parts, () -> take(slice));
            }
        }

        private void take(Slice slice) {
            if (done || cancelled) {
                return;
            }
            boolean current =
                    generation == pulls.standing.generation() && slice.revision() >= atLeast;
            boolean covered = pulls.covers(phase);
            if (!current) {
                again();
            } else if (pulls.holdings.take(name, into, slice)) {
                succeed(covered);
            } else {
                refused();
            }
        }

        @Override
        public void unchanged(String epoch, long revision) {
            if (counts(epoch, revision)) {
                if (pulls.holdings.confirm(name, revision)) {
                    succeed(pulls.covers(phase));
                } else {
                    attempt();
                }
            }
        }

        @Override
        public void unknown(String epoch, long revision) {
            if (counts(epoch, revision)) {
                boolean covered = pulls.covers(phase);
                pulls.holdings.takeUnknown(name, into, revision);
                succeed(covered);
            }
        }

        @Override
        public void behind(String epoch, long revision) {
            if (!cancelled) {
                attempt = null;
                pulls.contact.answered();
                pulls.behind(generation, epoch, revision);
                again();
            }
        }

        @Override
        public void failed(String why) {
            if (!cancelled) {
                Pull.this.failed(why);
            }
        }
    }
}
