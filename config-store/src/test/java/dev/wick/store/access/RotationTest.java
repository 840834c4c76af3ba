package dev.wick.store.access;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.store.EnvelopeSealing;
import dev.wick.store.TestStore;
import dev.wick.store.admit.Admission;
import dev.wick.store.admit.Answer;
import dev.wick.store.admit.History;
import dev.wick.store.admit.Sealing;
import dev.wick.store.admit.Vault;
import dev.wick.store.keep.Keep;
import dev.wick.store.keep.KeepSettings;
import dev.wick.store.keep.Pin;
import dev.wick.store.keep.Proposal;
import dev.wick.store.keep.StoreUnusable;
import dev.wick.store.keep.Stored;
import dev.wick.store.revision.Change;
import dev.wick.store.revision.Key;
import dev.wick.store.revision.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotationTest {

    private static final int SECRETS = 2_500;

    @TempDir Path folder;
    private TestStore store;
    private AccessFolder access;
    private Envelope envelope;
    private Rotation rotation;

    private final AtomicLong now = new AtomicLong();
    private volatile long nanosPerLook;

    @BeforeEach
    void begin() throws Exception {
        KeepSettings settings =
                KeepSettings.defaults().withNanoTime(() -> now.addAndGet(nanosPerLook));
        store =
                new TestStore(
                        TestStore.open(folder.resolve("store"), settings),
                        new EnvelopeSealing(new Envelope(KeyEncryptionKey.generate())));
        access = new AccessFolder(folder);
        start(null, null);
        access.begin(
                store.keep,
                new Tokens(store.keep, Clock.systemUTC(), Runnable::run),
                envelope.keys().current());
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < SECRETS; i++) {
            byte[] sealed = envelope.seal("g", "Secret", "s" + i, plain(i));
            changes.add(Change.put("Secret", "s" + i, sealed));
        }
        commit("g", changes);
        commit("other", List.of(Change.put("Cluster", "c", plain(0))));
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** As the next start of the process does. */
    private void start(String given, String older) throws StoreUnusable {
        AccessFolder.checkForm(given, older);
        envelope = new Envelope(access.keys(store.keep, given, older));
        rotation = new Rotation(store.keep, access, envelope, given != null, Clock.systemUTC());
        rotation.finish();
    }

    private static byte[] plain(int i) {
        return ("secret " + i).getBytes(StandardCharsets.UTF_8);
    }

    private void commit(String gateway, List<Change> changes) {
        Keep keep = store.keep;
        Proposal proposal =
                new Proposal(keep.head(gateway), UUID.randomUUID().toString(), "test", "", changes);
        Outcome outcome = keep.commit(gateway, proposal).toCompletableFuture().join();
        assertTrue(outcome instanceof Outcome.Committed, outcome::toString);
    }

    private byte[] sealed(int i) {
        try (Pin pin = store.keep.pin("g")) {
            Stored stored = pin.document(new Key("Secret", "s" + i));
            return stored.document();
        }
    }

    private void assertOpen() {
        for (int i = 0; i < SECRETS; i += 100) {
            assertArrayEquals(plain(i), envelope.open("g", "Secret", "s" + i, sealed(i)));
        }
    }

    private void assertUnder(KeyEncryptionKey only) {
        Envelope alone = new Envelope(only);
        for (int i = 0; i < SECRETS; i += 100) {
            assertArrayEquals(plain(i), alone.open("g", "Secret", "s" + i, sealed(i)));
        }
    }

    @Test
    void anotherKeyTakesOverAllSecretsByOrdinaryRevisions() throws Exception {
        KeyEncryptionKey before = envelope.keys().current();
        byte[] old = sealed(7);

        Rotation.Rotated.Done rotated = (Rotation.Rotated.Done) rotation.rotate("admin/x");

        assertEquals(SECRETS, rotated.rewrapped());
        assertEquals(List.of(rotated.key(), before.id()), rotation.keys());
        assertUnder(envelope.keys().current());
        assertArrayEquals(plain(7), envelope.open("g", "Secret", "s7", old), "history");
        assertTrue(store.keep.head("g") > 1);
        assertEquals(1, store.keep.head("other"));
        assertEquals("admin/x", store.keep.revision("g", 2).author());
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("key"))));

        start(null, null);
        assertOpen();
        assertEquals(0, rewrappedSince(store.keep.head("g")));
    }

    private long rewrappedSince(long head) {
        return store.keep.head("g") - head;
    }

    @Test
    void withoutTheOldKeyHistoryIsClosedAndTheRestOpen() throws Exception {
        byte[] old = sealed(7);
        rotation.rotate("test");
        String current = Files.readString(folder.resolve("key")).lines().findFirst().orElseThrow();
        Files.writeString(folder.resolve("key"), current + "\n");

        start(null, null);

        assertOpen();
        assertThrows(KeyMissing.class, () -> envelope.open("g", "Secret", "s7", old));
    }

    @Test
    void theNextStartGoesOnWhereARotationBroke() throws Exception {
        KeyRing keys = envelope.keys().under(KeyEncryptionKey.generate());
        access.keep(keys);
        start(null, null);

        assertUnder(keys.current());
    }

    @Test
    void aRotationMayTakeLongerThanAReader() throws Exception {
        nanosPerLook = TimeUnit.MILLISECONDS.toNanos(500);

        Rotation.Rotated.Done rotated = (Rotation.Rotated.Done) rotation.rotate("test");

        nanosPerLook = 0;
        assertEquals(SECRETS, rotated.rewrapped());
        assertUnder(envelope.keys().current());
    }

    @Test
    void aStartAfterAWholeRotationLooksAtNoSecret() throws Exception {
        rotation.rotate("test");
        commit("g", List.of(Change.put("Secret", "no envelope", new byte[] {9})));

        start(null, null);

        assertEquals(2, rotation.keys().size());
    }

    @Test
    void whatIsUnderAKeyThatIsNotThereStopsTheStart() throws Exception {
        String first = Files.readString(folder.resolve("key"));
        rotation.rotate("test");
        Files.writeString(folder.resolve("key"), first);

        StoreUnusable why = assertThrows(StoreUnusable.class, () -> start(null, null));

        assertTrue(why.getMessage().startsWith("store key: "), why.getMessage());
    }

    @Test
    void whoGivesTheKeyExchangesItByAStart() throws Exception {
        String old = Files.readString(folder.resolve("key")).strip();
        KeyEncryptionKey next = KeyEncryptionKey.generate();

        start(next.text(), old);

        assertUnder(next);
        assertEquals(
                new Rotation.Rotated.Given(),
                rotation.rotate("test"),
                "the folder's key is not used");
        start(next.text(), null);
        assertOpen();
        assertThrows(StoreUnusable.class, () -> start(old, null));
        assertThrows(StoreUnusable.class, () -> start(null, old));
    }

    /** Seals, and goes on when the rotation is over, or waits for a lock. */
    private Sealing sealingDuring(Thread rotator) {
        return new EnvelopeSealing(envelope) {
            @Override
            public byte[] seal(String gateway, String kind, String name, byte[] document) {
                byte[] sealed = super.seal(gateway, kind, name, document);
                rotator.start();
                LockWait.await(rotator);
                return sealed;
            }
        };
    }

    @Test
    void whatIsOnItsWayWhileTheKeyIsExchangedIsTakenOver() throws Exception {
        Thread rotator = new Thread(() -> rotation.rotate("test"));
        Vault vault = new Vault(sealingDuring(rotator));
        Admission admission = new Admission(store.keep, vault, new History(store.keep, vault));

        Answer answer =
                admission.apply(
                        TestStore.wish(), TestStore.bundle("{kind: Secret, name: s, value: v}"));
        rotator.join();

        assertInstanceOf(Answer.Applied.class, answer);
        assertEquals(2, envelope.keys().older().size() + 1, "rotated");
        try (Pin pin = store.keep.pin(TestStore.GATEWAY)) {
            byte[] sealed = pin.document(new Key("Secret", "s")).document();
            new Envelope(envelope.keys().current()).open(TestStore.GATEWAY, "Secret", "s", sealed);
        }
    }

    @Test
    void aDiskThatTakesNoMoreIsSaidAndTheNextStartGoesOn() throws Exception {
        Files.createDirectories(folder.resolve("key.new").resolve("in the way"));
        String why =
                assertInstanceOf(Rotation.Rotated.Unwritten.class, rotation.rotate("test")).why();
        assertTrue(why.endsWith("; no secret was changed"), why);
        Files.delete(folder.resolve("key.new").resolve("in the way"));

        Path bundles = folder.resolve("store").resolve("bundles");
        Path away = folder.resolve("away");
        try (Pin pin = store.keep.pin(Tokens.GATEWAY)) {
            pin.page("Key", null, 100); // in memory from now on
        }
        Files.move(bundles, away);
        assertInstanceOf(Rotation.Rotated.Unwritten.class, rotation.rotate("test"));
        StoreUnusable atStart = assertThrows(StoreUnusable.class, () -> start(null, null));
        assertTrue(
                atStart.getMessage().startsWith("the store's key cannot be exchanged: "),
                atStart.getMessage());

        Files.move(away, bundles);
        start(null, null);
        assertUnder(envelope.keys().current());
    }

    @Test
    void aRevisionOfARotationHoldsNoMoreThanSoManyBytes() {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            byte[] sealed = envelope.seal("large", "Secret", "s" + i, new byte[5 << 20]);
            changes.add(Change.put("Secret", "s" + i, sealed));
        }
        commit("large", changes);

        rotation.rotate("test");

        assertEquals(3, store.keep.head("large"));
    }
}
