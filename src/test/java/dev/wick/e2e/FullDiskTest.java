package dev.wick.e2e;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The disk takes no more. */
class FullDiskTest {

    private static final int KIB = 64;

    @Test
    void a_log_that_cannot_be_written_ends_the_store_and_nothing_acknowledged_is_lost() {
        try (Store store = Store.startWithSmallFiles(KIB)) {
            List<String> acknowledged = writeUntilItEnds(store);

            assertEquals(70, store.process().awaitEnd(), store.process()::output);
            String said = store.process().output();
            assertTrue(said.contains("cannot be written"), said);
            assertFalse(said.contains("\tat "), said);
            assertTrue(acknowledged.size() > 50, () -> acknowledged.size() + " acknowledged");

            store.restart();
            StoreApi api = store.gateway("full");
            for (String name : acknowledged) {
                api.get("/Cluster/" + name).then().statusCode(200);
            }
            long head = api.get("").jsonPath().getLong("revision");
            assertTrue(
                    head == acknowledged.size() || head == acknowledged.size() + 1,
                    () -> "revision " + head + ", " + acknowledged.size() + " acknowledged");
            api.apply(Documents.cluster("after", 1));
        }
    }

    private static List<String> writeUntilItEnds(Store store) {
        StoreApi api = store.gateway("full");
        List<String> acknowledged = new ArrayList<>();
        String padding = "x".repeat(190);
        try {
            for (int i = 0; i < 10_000; i++) {
                String name = "c" + i;
                Response response =
                        api.request()
                                .contentType(StoreApi.YAML)
                                .header("Idempotency-Key", padding + i)
                                .body(Documents.cluster(name, 1))
                                .put("/Cluster/" + name);
                if (response.statusCode() == 201) {
                    acknowledged.add(name);
                }
            }
        } catch (Exception e) {
            // The connection broke: the store has ended.
            return acknowledged;
        }
        throw new AssertionError("the log was always written");
    }

    @Test
    void a_bundle_that_cannot_be_written_changes_nothing_and_the_store_goes_on()
            throws IOException {
        try (Store store = Store.startWithSmallFiles(KIB)) {
            StoreApi api = store.gateway("full");
            api.apply(Documents.cluster("first", 1));

            api.tryApply(large())
                    .then()
                    .statusCode(507)
                    .contentType("application/problem+json")
                    .body("detail", containsString("nothing was changed"));

            api.get("").then().body("revision", equalTo(1));
            assertEquals(2, api.apply(Documents.cluster("second", 1)));
            try (Stream<Path> files = Files.list(store.data().resolve("bundles"))) {
                assertEquals(
                        List.of(),
                        files.filter(f -> f.getFileName().toString().startsWith("unfinished"))
                                .toList());
            }
        }
    }

    /** Does not deflate to less than the limit. */
    private static String large() {
        Random random = new Random(1);
        StringBuilder bundle = new StringBuilder();
        for (int i = 0; i < 4_000; i++) {
            String name =
                    Long.toString(random.nextLong() >>> 1, 36)
                            + Long.toString(random.nextLong() >>> 1, 36);
            bundle.append(Documents.cluster(name, 1 + random.nextInt(65_000)));
        }
        return bundle.toString();
    }
}
