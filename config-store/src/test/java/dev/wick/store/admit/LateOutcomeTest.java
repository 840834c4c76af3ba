package dev.wick.store.admit;

import static dev.wick.store.TestStore.GATEWAY;
import static dev.wick.store.TestStore.bundle;
import static dev.wick.store.TestStore.cluster;
import static dev.wick.store.TestStore.wish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.model.Kind;
import dev.wick.store.EnvelopeSealing;
import dev.wick.store.TestStore;
import dev.wick.store.access.Envelope;
import dev.wick.store.access.KeyEncryptionKey;
import dev.wick.store.keep.Index;
import dev.wick.store.keep.Indexer;
import dev.wick.store.keep.raft.SlowStore;
import dev.wick.store.revision.Key;
import dev.wick.store.revision.Revision;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request whose first attempt comes in while the second one is on its way. */
class LateOutcomeTest {

    @TempDir Path folder;
    private SlowStore slow;
    private TestStore store;
    private Runnable beforePlanning = () -> {};
    private volatile CountDownLatch applying = new CountDownLatch(0);

    /** Lets the views wait. */
    private final class SlowIndexer implements Indexer {

        private final DocumentIndexer indexer = new DocumentIndexer();

        @Override
        public int version() {
            return indexer.version();
        }

        @Override
        public Index index(String gateway, Key key, byte[] document) {
            try {
                assertTrue(applying.await(60, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return indexer.index(gateway, key, document);
        }
    }

    /** Has its hook called when an attempt has asked what became of those before it. */
    private final class WaitingSealing extends EnvelopeSealing {

        WaitingSealing() {
            super(new Envelope(KeyEncryptionKey.generate()));
        }

        @Override
        public Lock sameKey() {
            beforePlanning.run();
            return super.sameKey();
        }
    }

    @BeforeEach
    void open() throws Exception {
        slow = new SlowStore(folder, new SlowIndexer(), Duration.ofMillis(500));
        store = new TestStore(slow.keep(), new WaitingSealing());
        store.apply(cluster("c", 1));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private interface Attempt {
        Answer make();
    }

    /** The second answer of a request whose first attempt comes in just before it is planned. */
    private Answer.Applied second(Attempt attempt) {
        slow.holdBack();
        assertInstanceOf(Answer.Unknown.class, attempt.make());
        beforePlanning =
                () -> {
                    slow.letGo();
                    store.keep
                            .awaitHead(GATEWAY, 2, Duration.ofSeconds(60))
                            .toCompletableFuture()
                            .join();
                };
        return assertInstanceOf(Answer.Applied.class, attempt.make());
    }

    private Precondition atFirst() {
        Revision first = new Revision(store.keep.epoch(), 1);
        return new Precondition.DocumentAt(new Key("Cluster", "c"), List.of(first));
    }

    @Test
    void aRequestIsNotOutdatedByItself() {
        Wish wish = wish(atFirst(), "once");

        Answer.Applied second = second(() -> store.admission.apply(wish, bundle(cluster("c", 2))));

        assertEquals(2, second.revision());
        assertEquals(1, second.changes().size());
    }

    @Test
    void aRequestDoesNotMissWhatItDeletedItself() {
        Wish wish = wish(new Precondition.None(), "once");

        Answer.Applied second =
                second(() -> store.admission.delete(wish, Bundle.delete(Kind.CLUSTER, "c")));

        assertEquals(2, second.revision());
        assertEquals("deleted", second.changes().getFirst().change());
    }

    @Test
    void whatARequestHasMadeItselfIsItsRevision() {
        Wish wish = wish(new Precondition.None(), "once");

        Answer.Applied second = second(() -> store.admission.apply(wish, bundle(cluster("c", 2))));

        assertEquals(2, second.revision());
        assertEquals(1, second.changes().size());
    }

    @Test
    void whatWasDecidedIsAnsweredWhenReadersSeeIt() throws Exception {
        Wish wish = wish(atFirst(), "once");
        slow.holdBack();
        assertInstanceOf(
                Answer.Unknown.class, store.admission.apply(wish, bundle(cluster("c", 2))));
        applying = new CountDownLatch(1);
        slow.letGo();
        await(() -> store.keep.outcome(GATEWAY, "once") != null);

        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Thread second =
                Thread.ofPlatform()
                        .start(
                                () ->
                                        answer.complete(
                                                store.admission.apply(
                                                        wish, bundle(cluster("c", 2)))));
        await(() -> second.getState() == Thread.State.WAITING || !second.isAlive());
        applying.countDown();

        Answer.Applied applied =
                assertInstanceOf(Answer.Applied.class, answer.get(60, TimeUnit.SECONDS));
        assertEquals(2, applied.revision());
        assertEquals(1, applied.changes().size());
        assertNotNull(store.admission.outcome(GATEWAY, "once"));
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.holds() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertTrue(condition.holds());
    }
}
