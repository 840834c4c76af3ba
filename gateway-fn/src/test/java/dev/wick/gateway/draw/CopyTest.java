package dev.wick.gateway.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.draw.DrawSettings.CopySettings;
import dev.wick.gateway.feed.DocumentKey;
import dev.wick.gateway.feed.HostName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyTest {

    private static final byte[] JSON = "{\"secret\":\"s3cret\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir private Path folder;
    private final StubStore store = new StubStore();

    CopyTest() throws IOException {}

    @AfterEach
    void close() {
        store.close();
    }

    private Drawn instance() {
        return new Drawn(store.url(), 1_500, folder.resolve("copy"), Drawn.LIMITS);
    }

    private void draw(String... hosts) throws Exception {
        try (Drawn before = instance()) {
            before.listeners.poll(5, TimeUnit.SECONDS);
            for (String host : hosts) {
                before.says(host);
            }
        }
    }

    @Test
    void anInstanceThatStartsWhileTheStoreIsAwayServesFromItsCopy() throws Exception {
        store.serve(
                "a.test",
                "a.test",
                DrawFixture.forwarding("a", "a.test", "copied", "one"),
                DrawFixture.cluster("one", 9001));
        draw("a.test");
        store.stop();

        try (Drawn cold = instance()) {
            assertEquals("http", cold.listeners.poll(5, TimeUnit.SECONDS).getFirst().name());
            assertEquals("copied", cold.says("a.test"));
            assertEquals("unavailable", cold.says("b.test"));
        }
    }

    @Test
    void whatWasCopiedIsDrawnAnewWhenTheStoreIsBack() throws Exception {
        store.serve("a.test", "a.test", DrawFixture.host("a", "a.test", "copied"));
        draw("a.test");
        store.stop();

        try (Drawn cold = instance()) {
            assertEquals("copied", cold.says("a.test"));
            store.serve("a.test", "a.test", DrawFixture.host("a", "a.test", "fresh"));
            store.revision = 2;
            store.start();

            Drawn.until(
                    () -> {
                        try {
                            return cold.says("a.test").equals("fresh");
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    });
        }
    }

    @Test
    void aStoreThatDoesNotAnswerIsAwayToo() throws Exception {
        store.serve("a.test", "a.test", DrawFixture.host("a", "a.test", "copied"));
        draw("a.test");
        store.delayMillis = 60_000;

        try (Drawn cold = instance()) {
            assertEquals("copied", cold.says("a.test"));
        }
    }

    @Test
    void aHostThatWentAtTheStoreGoesFromTheCopy() throws Exception {
        store.serve("a.test", "a.test", DrawFixture.host("a", "a.test", "copied"));
        draw("a.test");
        store.unserve("a.test");
        draw("a.test");
        store.stop();

        try (Drawn cold = instance()) {
            assertEquals("unavailable", cold.says("a.test"));
        }
    }

    @Test
    void aPartThatCannotBeReadIsServedFromTheCopy() throws Exception {
        store.serve("a.test", "a.test", DrawFixture.host("a", "a.test", "good"));
        draw("a.test");
        String newer =
                DrawFixture.host("a", "a.test", "bad")
                        .replace("\"domains\"", "\"x\":1,\"domains\"");
        store.serve("a.test", "a.test", newer);

        try (Drawn restarted = instance()) {
            assertEquals("good", restarted.says("a.test"));
        }
    }

    private CopyFiles files(String secret, Duration age, int most) {
        return new CopyFiles(new CopySettings(folder.resolve("files"), secret, age, most), "test");
    }

    private CopyFiles files() {
        return files("token", CopySettings.MAXIMUM_AGE, 100);
    }

    private static DocumentKey key(int number) {
        return new DocumentKey("Cluster", "c" + number);
    }

    @Test
    void whatIsWrittenIsReadAndNothingOfItCanBeSeen() throws Exception {
        files().writeDocument(key(1), JSON, List.of("one"));

        CopyFiles.Document read = files().document(key(1));

        assertEquals(new String(JSON, StandardCharsets.UTF_8), text(read));
        assertEquals(List.of("one"), read.clusters());
        try (Stream<Path> all = Files.list(folder.resolve("files"))) {
            for (Path file : (Iterable<Path>) all::iterator) {
                String octets = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse((file + octets).contains("s3cret"));
                assertFalse((file + octets).contains("c1"));
            }
        }
        assertEquals(
                "rwx------",
                java.nio.file.attribute.PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("files"))));
    }

    private static String text(CopyFiles.Document document) {
        return new String(document.part().json(), StandardCharsets.UTF_8);
    }

    @Test
    void anotherTokenReadsNothing() throws Exception {
        files().writeDocument(key(1), JSON, List.of());

        assertNull(files("other", CopySettings.MAXIMUM_AGE, 100).document(key(1)));
    }

    @Test
    void aDamagedOrExchangedFileIsNotRead() throws Exception {
        files().writeDocument(key(1), JSON, List.of());
        files().writeDocument(key(2), JSON, List.of());
        List<Path> written;
        try (Stream<Path> all = Files.list(folder.resolve("files"))) {
            written = all.toList();
        }
        Files.copy(
                written.get(0), written.get(1), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        byte[] octets = Files.readAllBytes(written.get(0));
        octets[octets.length / 2] ^= 1;
        Files.write(written.get(0), octets);

        assertNull(files().document(key(1)));
        assertNull(files().document(key(2)));
    }

    @Test
    void whatIsTooOldIsNotRead() throws Exception {
        files().writeHost(new HostName("http", "", "a.test"), new CopyFiles.Host("a.test", "a"));

        assertNull(
                files("token", Duration.ofMillis(-1), 100)
                        .host(new HostName("http", "", "a.test")));
    }

    @Test
    void theOldestFilesGoWhereThereAreTooMany() throws Exception {
        CopyFiles many = files();
        for (int i = 0; i < 50; i++) {
            many.writeDocument(key(i), JSON, List.of());
        }

        files("token", CopySettings.MAXIMUM_AGE, 10).writeDocument(key(99), JSON, List.of());

        try (Stream<Path> left = Files.list(folder.resolve("files"))) {
            assertEquals(10, left.count());
        }
        assertTrue(files().document(key(99)) != null);
    }
}
