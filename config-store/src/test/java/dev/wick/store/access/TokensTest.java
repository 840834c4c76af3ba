package dev.wick.store.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.store.TestStore;
import dev.wick.store.keep.Keep;
import dev.wick.store.keep.Pin;
import dev.wick.store.keep.Proposal;
import dev.wick.store.keep.StoreUnusable;
import dev.wick.store.revision.Change;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {

    @TempDir Path folder;
    private TestStore store;
    private Tokens tokens;

    @BeforeEach
    void begin() throws Exception {
        open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void open() throws Exception {
        store = new TestStore(folder.resolve("store"));
        tokens = begin(store.keep, null);
    }

    private Tokens begin(Keep keep, String key) throws StoreUnusable {
        AccessFolder access = new AccessFolder(folder);
        KeyEncryptionKey used = access.keys(keep, key, null).current();
        Tokens read = new Tokens(keep, Clock.systemUTC(), Runnable::run);
        access.begin(keep, read, used);
        return read;
    }

    private String file(String name) throws Exception {
        return Files.readString(folder.resolve(name)).strip();
    }

    @Test
    void theFirstStartLetsAnAdminAndAnInstanceIn() throws Exception {
        assertEquals(Role.ADMIN, tokens.bearer(file("token")).role());
        assertEquals(Role.INSTANCE, tokens.bearer(file("instance-token")).role());
        for (String name : new String[] {"token", "instance-token", "key"}) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve(name))));
        }
    }

    @Test
    void theSecondStartChangesNothing() throws Exception {
        String token = file("token");
        store.close();

        open();

        assertEquals(token, file("token"));
        assertNotNull(tokens.bearer(token));
    }

    @Test
    void thereAreNoMoreThanCanBeLookedUp() {
        Tokens few = new Tokens(store.keep, Clock.systemUTC(), Runnable::run, 3);
        Tokens.Issued third = few.issue(Role.READER, "");

        assertEquals(Tokens.Done.YES, few.add(third, "test"));
        assertEquals(Tokens.Done.TOO_MANY, few.add(few.issue(Role.READER, ""), "test"));
        assertEquals(Tokens.Done.YES, few.revoke(third.token().id(), "test"));
        assertEquals(Tokens.Done.YES, few.add(few.issue(Role.READER, ""), "test"));
    }

    @Test
    void whereThereAreMoreAllTheSameEachIsValidAndCanBeRevoked() {
        List<Tokens.Issued> many = new ArrayList<>();
        for (int i = 0; i < 10_500; i++) {
            many.add(tokens.issue(Role.READER, ""));
        }
        List<Change> changes = many.stream().map(Tokens.Issued::change).toList();
        long head = store.keep.head(Tokens.GATEWAY);
        store.keep
                .commit(Tokens.GATEWAY, new Proposal(head, "many", "test", "", changes))
                .toCompletableFuture()
                .join();
        tokens.read();

        assertEquals(10_502, tokens.all().size());
        Tokens.Issued last =
                many.stream()
                        .max(Comparator.comparing((Tokens.Issued one) -> one.token().id()))
                        .orElseThrow();
        assertNotNull(tokens.bearer(last.text()));
        assertEquals(Tokens.Done.YES, tokens.revoke(last.token().id(), "test"));
        assertNull(tokens.bearer(last.text()));
    }

    @Test
    void aTokenIsKeptAsAHash() throws Exception {
        String token = file("token");
        try (Pin pin = store.keep.pin(Tokens.GATEWAY)) {
            pin.page(Tokens.KIND, null, 10)
                    .forEach(
                            stored -> {
                                String kept = new String(stored.document(), StandardCharsets.UTF_8);
                                assertTrue(!kept.contains(token.substring(13)), kept);
                            });
        }
    }

    @Test
    void aTextThatIsAlmostATokenIsNone() throws Exception {
        String token = file("token");

        assertNull(tokens.bearer(token.substring(0, token.length() - 1)));
        assertNull(tokens.bearer(token + "x"));
        assertNull(tokens.bearer(token.substring(0, 13)));
        assertNull(tokens.bearer(""));
        assertNull(tokens.bearer("."));
    }

    @Test
    void aTokenThatWasRevokedIsNotValidAnyMore() throws Exception {
        Tokens.Issued issued = tokens.issue(Role.READER, "for\na test");
        tokens.add(issued, "test");
        Token token = tokens.bearer(issued.text());

        Tokens.Done done = tokens.revoke(token.id(), "test");

        assertEquals("for a test", token.comment());
        assertEquals(Tokens.Done.YES, done);
        assertNull(tokens.bearer(issued.text()));
        assertEquals(Tokens.Done.NO_SUCH_TOKEN, tokens.revoke(token.id(), "test"));
    }

    @Test
    void theLastAdminStays() throws Exception {
        String id = tokens.bearer(file("token")).id();

        assertEquals(Tokens.Done.LAST_ADMIN, tokens.revoke(id, "test"));
        assertNotNull(tokens.bearer(file("token")));
    }

    @Test
    void aMissingKeyStopsTheStart() throws Exception {
        Files.delete(folder.resolve("key"));

        StoreUnusable why = assertThrows(StoreUnusable.class, () -> begin(store.keep, null));

        assertTrue(why.getMessage().contains("WICK_STORE_KEY"), why.getMessage());
    }

    @Test
    void aKeyThatTheDataWasNotWrittenUnderStopsTheStart() {
        String other = KeyEncryptionKey.generate().text();

        StoreUnusable why = assertThrows(StoreUnusable.class, () -> begin(store.keep, other));

        assertTrue(why.getMessage().startsWith("store key: "), why.getMessage());
        assertThrows(StoreUnusable.class, () -> begin(store.keep, "no key"));
    }
}
