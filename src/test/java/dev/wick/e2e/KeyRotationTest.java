package dev.wick.e2e;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Child;
import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The store's key is exchanged under its secrets. */
class KeyRotationTest {

    @Test
    void secrets_go_over_to_a_new_key_and_history_keeps_the_old_one() throws IOException {
        try (Store store = Store.start()) {
            StoreApi api = store.gateway("keys");
            api.apply("kind: Secret\nname: s\nvalue: one\n---\n" + Documents.cluster("c", 1));
            api.apply("kind: Secret\nname: s\nvalue: two\n");
            Path key = store.data().resolve("key");
            String old = Files.readString(key);

            api.root().post("/v1/keys/rotate").then().statusCode(200).body("rewrapped", equalTo(1));

            api.root().get("/v1/keys").then().body("keys", hasSize(2));
            api.get("/revisions/3")
                    .then()
                    .body("comment", containsString("key"))
                    .body("changes", hasSize(1));
            api.request().post("/revisions/1/restore").then().statusCode(200);
            store.kill9();
            store.restart();
            api.get("/Secret/s").then().statusCode(200);
            store.stop();

            List<String> lines = Files.readAllLines(key);
            assertEquals(2, lines.size());
            Files.writeString(key, old);
            Child refused = store.attempt();
            assertEquals(1, refused.awaitEnd(), refused::output);
            assertTrue(refused.output().contains("store key: "), refused::output);

            Files.writeString(key, lines.getFirst() + "\n");
            store.restart();
            api.get("/Secret/s").then().statusCode(200);
            api.request()
                    .post("/revisions/2/restore")
                    .then()
                    .statusCode(410)
                    .body("detail", containsString("Secret/s is encrypted under key"));
        }
    }
}
