package dev.wick.store.admit;

import dev.wick.model.check.Change;
import dev.wick.store.keep.Keep;
import dev.wick.store.keep.Pin;
import dev.wick.store.keep.Proposal;
import dev.wick.store.keep.Unwritten;
import dev.wick.store.revision.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way of a wish into the store: check and plan on the head, then commit on just that head. Who
 * is overtaken checks and plans again. Any thread; blocks.
 *
 * <p>The writers of one gateway in this process queue up, so that a large bundle is not overtaken
 * for ever by small ones; between processes, and in truth, the log decides.
 */
public final class Admission {

    private static final int TRIES = 20;

    /** How long a revision that was decided may take until readers see it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Keep keep;
    private final Vault vault;
    private final History history;
    private final Map<String, ReentrantLock> writers = new ConcurrentHashMap<>();

    public Admission(Keep keep, Vault vault, History history) {
        this.keep = keep;
        this.vault = vault;
        this.history = history;
    }

    public Answer apply(Wish wish, Bundle bundle) {
        return fulfil(wish, pin -> new Wanted.Of(bundle));
    }

    /** Deletes one document, which must be there. */
    public Answer delete(Wish wish, Bundle bundle) {
        return fulfil(
                wish,
                pin ->
                        isThere(pin, bundle)
                                ? new Wanted.Of(bundle)
                                : new Wanted.Impossible(missing(bundle)));
    }

    /** Makes every document what it was at an older revision. */
    public Answer restore(Wish wish, long revision) {
        return fulfil(wish, pin -> new Restoration(keep, vault, pin).bundle(revision));
    }

    private static boolean isThere(Pin pin, Bundle bundle) {
        return bundle.changes().stream()
                .allMatch(change -> pin.exists(Base.key(change.kind(), change.name())));
    }

    private static Answer missing(Bundle bundle) {
        var change = bundle.changes().getFirst();
        return new Answer.Missing(change.kind() + "/" + change.name());
    }

    private Answer fulfil(Wish wish, Function<Pin, Wanted> wanted) {
        if (wish.dryRun()) {
            Answer plan = once(wish, wanted, "", true);
            return Objects.requireNonNull(plan, "a dry run commits nothing and is never overtaken");
        }
        ReentrantLock writer =
                writers.computeIfAbsent(wish.gateway(), gateway -> new ReentrantLock(true));
        writer.lock();
        try {
            String given = wish.requestId();
            String requestId = given == null ? UUID.randomUUID().toString() : given;
            for (int tries = 0; tries < TRIES; tries++) {
                Answer answer = given == null ? null : done(wish.gateway(), requestId);
                answer = answer == null ? underOneKey(wish, wanted, requestId) : answer;
                if (answer != null) {
                    return given == null ? answer : latest(wish.gateway(), requestId, answer);
                }
            }
            return new Answer.Busy(TRIES);
        } finally {
            writer.unlock();
        }
    }

    /** What the same request became before, or null. */
    private @Nullable Answer done(String gateway, String requestId) {
        Outcome.Committed before = keep.outcome(gateway, requestId);
        if (before == null) {
            return null;
        }
        return isSeen(gateway, before.revision())
                ? applied(gateway, requestId, before.revision())
                : new Answer.Unknown(requestId);
    }

    /** The log knows of it a little before readers do. */
    private boolean isSeen(String gateway, long revision) {
        return keep.awaitHead(gateway, revision, PATIENCE).toCompletableFuture().join();
    }

    /**
     * An attempt of the same request whose outcome was unknown may have come in while this one was
     * on its way, and be what stands in it: then that is what became of the request.
     */
    private Answer latest(String gateway, String requestId, Answer answer) {
        boolean isCommitted =
                answer instanceof Answer.Applied applied && !applied.changes().isEmpty();
        Answer before = isCommitted ? null : done(gateway, requestId);
        return before == null ? answer : before;
    }

    private Answer applied(String gateway, String requestId, long revision) {
        List<Planned> shown = history.changes(gateway, revision);
        return new Answer.Applied(
                keep.epoch(), revision, revision, requestId, shown == null ? List.of() : shown);
    }

    /** Else a rotation could find nothing under the old key, and then this is committed. */
    private @Nullable Answer underOneKey(
            Wish wish, Function<Pin, Wanted> wanted, String requestId) {
        Lock sameKey = vault.sameKey();
        sameKey.lock();
        try {
            return once(wish, wanted, requestId, false);
        } finally {
            sameKey.unlock();
        }
    }

    /** Null: the head moved meanwhile. */
    private @Nullable Answer once(
            Wish wish, Function<Pin, Wanted> wanted, String requestId, boolean dryRun) {
        long head;
        long document;
        Plan plan;
        try (Pin pin = keep.longPin(wish.gateway())) {
            if (!wish.precondition().holds(keep.epoch(), pin)) {
                return new Answer.Outdated(
                        wish.precondition().found(keep.epoch(), pin),
                        wish.precondition().expected());
            }
            switch (wanted.apply(pin)) {
                case Wanted.Impossible(Answer answer) -> {
                    return answer;
                }
                case Wanted.Of(Bundle bundle) -> {
                    head = pin.revision();
                    plan = plan(wish, bundle, pin);
                    document = plan.changes().isEmpty() ? document(bundle, pin) : head;
                }
            }
        }
        if (!plan.problems().isEmpty()) {
            return new Answer.Refused(plan.problems());
        }
        if (dryRun || plan.changes().isEmpty()) {
            return new Answer.Applied(keep.epoch(), head, document, requestId, plan.shown());
        }
        return commit(wish, requestId, head, plan);
    }

    /** Asked of the pin that was planned on: of a later one, somebody else's change might tell. */
    private static long document(Bundle bundle, Pin pin) {
        if (bundle.changes().size() != 1) {
            return pin.revision();
        }
        Change only = bundle.changes().getFirst();
        return pin.changed(Base.key(only.kind(), only.name()));
    }

    private Plan plan(Wish wish, Bundle bundle, Pin pin) {
        boolean compares = wish.seesSecretsUnchanged() || !wish.dryRun();
        return Plan.of(bundle, new Base(pin, vault), vault, compares);
    }

    private @Nullable Answer commit(Wish wish, String requestId, long base, Plan plan) {
        Proposal proposal =
                new Proposal(base, requestId, wish.author(), wish.comment(), plan.changes());
        Outcome outcome;
        try {
            outcome = keep.commit(wish.gateway(), proposal).toCompletableFuture().join();
        } catch (CompletionException e) {
            Unwritten unwritten = Unwritten.in(e);
            if (unwritten == null) {
                throw e;
            }
            return new Answer.Unwritten(String.valueOf(unwritten.getMessage()));
        }
        return switch (outcome) {
            case Outcome.Committed(long revision) ->
                    revision == base + 1
                            ? new Answer.Applied(
                                    keep.epoch(), revision, revision, requestId, plan.shown())
                            : applied(wish.gateway(), requestId, revision);
            case Outcome.Lost lost -> null;
            case Outcome.Unknown unknown -> new Answer.Unknown(requestId);
        };
    }

    /**
     * What the request became, as far as it is known; who reads it then sees it, unless readers are
     * more than 10 s behind.
     */
    public @Nullable Long outcome(String gateway, String requestId) {
        Outcome.Committed known = keep.outcome(gateway, requestId);
        if (known == null) {
            return null;
        }
        isSeen(gateway, known.revision());
        return known.revision();
    }
}
