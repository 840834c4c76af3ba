package dev.wick.store.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.wick.store.EnvelopeSealing;
import dev.wick.store.TestStore;
import dev.wick.store.admit.Answer;
import dev.wick.store.admit.DocumentIndexer;
import dev.wick.store.keep.Pin;
import dev.wick.store.keep.Stored;
import dev.wick.store.keep.raft.SlowStore;
import dev.wick.store.revision.Key;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret under the old key that comes to the log after its writer was told that nobody knows. */
class LateEntryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @TempDir Path folder;
    private SlowStore slow;
    private Rotation rotation;
    private final CompletableFuture<Rotation.Rotated> rotated = new CompletableFuture<>();

    /** Seals, and goes on when a rotation waits for what is under way; then the log stalls. */
    private final class Waiting extends EnvelopeSealing {

        Waiting(Envelope envelope) {
            super(envelope);
        }

        @Override
        public byte[] seal(String gateway, String kind, String name, byte[] document) {
            byte[] sealed = super.seal(gateway, kind, name, document);
            LockWait.await(
                    Thread.ofPlatform().start(() -> rotated.complete(rotation.rotate("test"))));
            slow.holdBackOne();
            return sealed;
        }
    }

    @Test
    void isTakenOverBeforeTheOldKeyIsRetired() throws Exception {
        slow = new SlowStore(folder.resolve("store"), new DocumentIndexer(), PATIENCE);
        AccessFolder access = new AccessFolder(folder);
        Envelope envelope = new Envelope(access.keys(slow.keep(), null, null));
        rotation = new Rotation(slow.keep(), access, envelope, false, Clock.systemUTC());
        try (TestStore store = new TestStore(slow.keep(), new Waiting(envelope))) {
            Tokens tokens = new Tokens(store.keep, Clock.systemUTC(), Runnable::run);
            access.begin(store.keep, tokens, envelope.keys().current());

            Answer answer =
                    store.admission.apply(
                            TestStore.wish(),
                            TestStore.bundle("{kind: Secret, name: s, value: v}"));

            assertInstanceOf(Answer.Unknown.class, answer);
            Rotation.Rotated.Done done =
                    assertInstanceOf(
                            Rotation.Rotated.Done.class, rotated.get(60, TimeUnit.SECONDS));
            assertEquals(1, done.rewrapped());
            try (Pin pin = store.keep.pin(TestStore.GATEWAY)) {
                Stored stored = pin.document(new Key("Secret", "s"));
                assertNotNull(stored);
                new Envelope(envelope.keys().current())
                        .open(TestStore.GATEWAY, "Secret", "s", stored.document());
            }
        }
    }
}
