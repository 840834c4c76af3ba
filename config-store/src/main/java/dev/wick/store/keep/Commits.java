package dev.wick.store.keep;

import dev.wick.store.revision.Change;
import dev.wick.store.revision.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One commit from proposal to outcome, as a straight line; a virtual thread for each. The bundle is
 * durable before the log hears of it, and the outcome goes out after this process' readers see it.
 */
final class Commits {

    /** How long one attempt waits before the same entry is proposed again. */
    private static final long ATTEMPT_MILLIS = 2500;

    private final Ledger ledger;
    private final Log log;
    private final Bundles bundles;
    private final Applier applier;
    private final KeepSettings settings;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    Commits(Ledger ledger, Log log, Bundles bundles, Applier applier, KeepSettings settings) {
        this.ledger = ledger;
        this.log = log;
        this.bundles = bundles;
        this.applier = applier;
        this.settings = settings;
    }

    Outcome commit(String gateway, Proposal proposal) throws IOException {
        Long known = ledger.outcome(gateway, proposal.requestId());
        if (known != null) {
            return seen(gateway, known, proposal.requestId(), new Outcome.Committed(known));
        }
        List<RecordedChange> changes = new ArrayList<>(proposal.changes().size());
        View view = applier.view(gateway);
        try (Pin pin = new Pin(view, view.pins().takeForever())) {
            if (pin.revision() != proposal.base()) {
                return new Outcome.Lost(pin.revision());
            }
            for (Change change : inOrder(proposal.changes())) {
                changes.add(recorded(pin, change));
            }
        }
        Bundle.Header header =
                new Bundle.Header(
                        gateway,
                        proposal.base(),
                        proposal.requestId(),
                        proposal.author(),
                        settings.clock().instant(),
                        proposal.comment(),
                        changes.size());
        return decide(gateway, proposal, write(header, changes));
    }

    private FileName write(Bundle.Header header, List<RecordedChange> changes) throws Unwritten {
        try {
            return Bundle.write(bundles, header, changes);
        } catch (IOException e) {
            throw new Unwritten(String.valueOf(e.getMessage()), e);
        }
    }

    private Outcome decide(String gateway, Proposal proposal, FileName file) {
        byte[] entry =
                new Entry.Commit(gateway, proposal.base(), file, proposal.requestId()).bytes();
        byte[] answer = propose(entry);
        // An attempt that was given up may have won. It can only have become the next revision.
        long next = proposal.base() + 1;
        if (ledger.names(gateway, next, file)) {
            return seen(gateway, next, proposal.requestId(), new Outcome.Committed(next));
        }
        if (answer == null) {
            return new Outcome.Unknown(proposal.requestId());
        }
        forget(file);
        return switch (Ledger.Answer.of(answer)) {
            case Ledger.Answer.Won(long revision) ->
                    seen(gateway, revision, proposal.requestId(), new Outcome.Committed(revision));
            case Ledger.Answer.Lost(long head) ->
                    seen(gateway, head, proposal.requestId(), new Outcome.Lost(head));
            case Ledger.Answer.Noted _ -> throw new IllegalStateException("no answer to a commit");
        };
    }

    /** What the log decided stands, whatever becomes of the file: the next start removes it. */
    private void forget(FileName file) {
        try {
            bundles.delete(file.sha256());
        } catch (IOException e) {
            System.getLogger(Commits.class.getName())
                    .log(System.Logger.Level.WARNING, "a bundle that lost stays: " + e);
        }
    }

    /** Null when it is not known what became of the entry. */
    private byte @Nullable [] propose(byte[] entry) {
        long end = System.nanoTime() + settings.commitPatience().toNanos();
        long left = settings.commitPatience().toMillis();
        while (!closed.isDone() && left > 0) {
            try {
                CompletableFuture<byte[]> answer = log.propose(entry);
                CompletableFuture.anyOf(answer, closed)
                        .get(Math.min(left, ATTEMPT_MILLIS), TimeUnit.MILLISECONDS);
                if (answer.isDone()) {
                    return answer.get();
                }
            } catch (ExecutionException | TimeoutException | CancellationException e) {
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
        return null;
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The outcome, once readers here see the revision. */
    private Outcome seen(String gateway, long revision, String requestId, Outcome outcome) {
        return isSeen(gateway, revision) ? outcome : new Outcome.Unknown(requestId);
    }

    private boolean isSeen(String gateway, long revision) {
        CompletableFuture<Boolean> visible = applier.await(gateway, revision);
        CompletableFuture.anyOf(visible, closed).join();
        return visible.isDone();
    }

    /** An entry that changes nothing comes behind all that are on their way. */
    boolean settle() {
        String epoch = Objects.requireNonNull(ledger.epoch(), "no epoch in an open store");
        if (propose(new Entry.Epoch(epoch).bytes()) == null) {
            return false;
        }
        return ledger.gateways().stream()
                .allMatch(gateway -> isSeen(gateway, ledger.head(gateway)));
    }

    private static List<Change> inOrder(List<Change> changes) {
        List<Change> sorted = new ArrayList<>(changes);
        sorted.sort(Comparator.comparing(change -> Places.bytes(change.key()), Places.ORDER));
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).key().equals(sorted.get(i - 1).key())) {
                throw new IllegalArgumentException(
                        sorted.get(i).key() + " is changed twice (expected: once)");
            }
        }
        return sorted;
    }

    private static RecordedChange recorded(Pin pin, Change change) {
        Stored before = pin.document(change.key());
        if (before == null && change.after() == null) {
            throw new IllegalArgumentException(
                    change.key() + " is to be deleted (expected: a document that is there)");
        }
        return before == null
                ? new RecordedChange(change.key(), 0, null, change.after())
                : new RecordedChange(
                        change.key(), before.revision(), before.document(), change.after());
    }

    /** Commits under way become unknown. */
    void close() {
        closed.complete(null);
    }
}
