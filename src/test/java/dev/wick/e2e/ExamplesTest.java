package dev.wick.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import dev.wick.e2e.harness.Wick;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file in examples/ is taken as it is, and every domain in it answers. */
class ExamplesTest {

    private static final Path FOLDER = Wick.home().resolve("examples");

    @AutoClose private static final Upstream FIRST = Upstream.saying("first");
    @AutoClose private static final Upstream SECOND = Upstream.saying("second");

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().matches(".*\\.(yaml|yml|json)"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void there_are_examples() throws IOException {
        assertTrue(!examples().isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void an_example_is_applied_and_its_hosts_answer(Path file) throws IOException {
        String name = "example-" + FOLDER.relativize(file).toString().replaceAll("[^a-z0-9]", "-");
        StoreApi store = Store.shared().gateway(name);
        // The upstreams that the examples name are the user's own; here these stand for them.
        String text =
                Files.readString(file)
                        .replace("port: 9000", "port: " + FIRST.port())
                        .replace("port: 9001", "port: " + SECOND.port());
        store.apply(text);
        if (store.get("/Listener").jsonPath().getList("items").isEmpty()) {
            store.apply(Documents.listener());
        }
        List<List<String>> domains =
                new JsonPath(store.get("/VirtualHost?limit=1000").body().asString())
                        .getList("items.domains");
        try (Gateway gateway = Gateway.start(Store.shared(), name)) {
            for (String domain : domains.stream().flatMap(List::stream).toList()) {
                String host = domain.replace("*", "any");
                await().untilAsserted(() -> assertNotEquals(503, gateway.get(host, "/").status()));
            }
        }
        assertEquals(200, store.get("/slices").statusCode());
    }
}
