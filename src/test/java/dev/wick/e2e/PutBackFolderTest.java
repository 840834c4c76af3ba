package dev.wick.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Folder;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An older copy of the store's data folder is put in its place under a running instance. */
class PutBackFolderTest {

    private final Folder backup = Folder.temporary("backup");
    private final Store store = Store.start();
    private final StoreApi api = store.gateway("default");

    @AfterEach
    void close() {
        store.close();
        backup.close();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (!Files.isDirectory(target)) {
                    Files.copy(
                            file,
                            target,
                            StandardCopyOption.COPY_ATTRIBUTES,
                            StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private String etag(String document) {
        return api.get(document).then().statusCode(200).extract().header("ETag");
    }

    /** What is in the backup, and what comes after it and is lost. */
    private void backUpBetweenTwo() throws IOException {
        api.apply(
                Documents.listener()
                        + Documents.saying("a", "a.test", "old")
                        + Documents.saying("late", "late.test", "late"));
        store.stop();
        copy(store.data(), backup.path());
        store.restart();
        api.apply(Documents.saying("a", "a.test", "lost"));
        api.apply(Documents.saying("b", "b.test", "lost"));
    }

    private static void eventually(Gateway gateway, String host, int status, String text) {
        await().pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> {
                            Reply reply = gateway.get(host, "/");
                            assertEquals(status, reply.status(), reply::text);
                            assertEquals(text, reply.text());
                        });
    }

    private static void assertHoldsWhatIsLost(Gateway gateway) {
        assertEquals("lost", gateway.get("a.test", "/").text());
        assertEquals("lost", gateway.get("b.test", "/").text());
    }

    private static void assertConverges(Gateway gateway) {
        assertEquals(200, gateway.get("a.test", "/").status(), "serves meanwhile");
        eventually(gateway, "a.test", 200, "old");
        eventually(gateway, "b.test", 404, "");
        eventually(gateway, "late.test", 200, "late");
    }

    @Test
    void a_copied_folder_gets_another_epoch_and_instances_follow_it() throws IOException {
        backUpBetweenTwo();
        String lost = etag("/VirtualHost/a");
        try (Gateway gateway = Gateway.start(store, "default")) {
            assertHoldsWhatIsLost(gateway);

            store.kill9();
            delete(store.data().resolve("log"));
            delete(store.data().resolve("bundles"));
            copy(backup.path(), store.data());
            store.restart();
            for (int i = 0; i < 5; i++) {
                // Before the instance is back, the numbers that it knows are given again.
                api.apply(Documents.saying("c", "c.test", "new " + i));
            }

            assertConverges(gateway);
            eventually(gateway, "c.test", 200, "new 4");
            api.apply(Documents.saying("a", "a.test", "newer"));
            eventually(gateway, "a.test", 200, "newer");
        }
        assertNotEquals(epoch(lost), epoch(etag("/VirtualHost/a")));
        api.request().header("If-Match", lost).delete("/VirtualHost/a").then().statusCode(412);
    }

    private static String epoch(String etag) {
        return etag.substring(1, etag.indexOf('.'));
    }

    @Test
    void instances_that_know_of_more_than_the_store_start_anew_where_nothing_shows_the_copy()
            throws IOException {
        backUpBetweenTwo();
        try (Gateway gateway = Gateway.start(store, "default")) {
            assertHoldsWhatIsLost(gateway);

            store.kill9();
            // As a snapshot of the disk does: the file that would show it is what it was.
            for (String folder : List.of("log", "bundles")) {
                delete(store.data().resolve(folder));
                copy(backup.resolve(folder), store.data().resolve(folder));
            }
            store.restart();

            assertConverges(gateway);
            api.apply(Documents.saying("a", "a.test", "newer"));
            eventually(gateway, "a.test", 200, "newer");
        }
    }
}
