package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Child;
import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Folder;
import dev.wick.e2e.harness.Ports;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Wick;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * {@code ./wick apply}, {@code get}, {@code delete}, {@code explain}, {@code export}, as a person
 * or a pipeline calls them.
 */
class CommandLineTest {

    private static final StoreApi STORE = Store.shared().gateway("cli");

    @AutoClose private final Folder folder = Folder.temporary("cli");

    private record Said(int status, String text) {}

    private Said wick(String... arguments) {
        Map<String, String> environment =
                Map.of(
                        "WICK_STORE", Store.shared().url(),
                        "WICK_GATEWAY", "cli",
                        "WICK_TOKEN", Store.shared().adminToken());
        try (Child child = Wick.command(folder.path(), environment, arguments)) {
            int status = child.awaitEnd();
            return new Said(status, child.output());
        }
    }

    @Test
    void what_is_applied_can_be_got_explained_exported_and_deleted() {
        folder.write(
                "a.yaml",
                Documents.listener() + Documents.hostAndCluster("shop", "shop.test", 9000));
        folder.write("b.yaml", Documents.saying("other", "other.test", "hi"));

        Said applied = wick("apply", "-f", "a.yaml", "-f", "b.yaml");
        assertEquals(0, applied.status(), applied.text());
        assertTrue(applied.text().contains("shop"), applied.text());

        Said all = wick("get");
        assertEquals(0, all.status(), all.text());
        assertTrue(
                all.text().contains("VirtualHost") && all.text().contains("Cluster"), all.text());
        assertTrue(wick("get", "VirtualHost").text().contains("other"));
        assertTrue(wick("get", "Cluster", "shop").text().contains("9000"));

        Said explained = wick("explain", "GET", "http://shop.test/cart?x=1", "-H", "x-a: b");
        assertEquals(0, explained.status(), explained.text());
        assertTrue(explained.text().contains("shop"), explained.text());

        Said exported = wick("export");
        assertEquals(0, exported.status(), exported.text());
        folder.write("all.yaml", exported.text());
        Said again = wick("apply", "-f", "all.yaml", "--prune");
        assertEquals(0, again.status(), again.text());
        STORE.get("/revisions")
                .then()
                .statusCode(200)
                .body("revision", org.hamcrest.Matchers.equalTo(1));

        assertEquals(0, wick("delete", "VirtualHost", "other").status());
        STORE.get("/VirtualHost/other").then().statusCode(404);
    }

    @Test
    void a_refusal_is_told_in_full_and_ends_with_another_status() {
        folder.write(
                "bad.yaml",
                "kind: Cluster\nname: bad\ncolour: red\nendpoints: [{address: x, port: 0}]\n");

        Said refused = wick("apply", "-f", "bad.yaml");

        assertFalse(refused.status() == 0);
        assertTrue(refused.text().contains("colour"), refused.text());
        assertTrue(refused.text().contains("1-65535"), refused.text());
        assertFalse(refused.text().contains("\tat "), refused.text());
    }

    @Test
    void what_is_not_there_and_wrong_usage_are_sentences() {
        assertFalse(wick("get", "Cluster", "nowhere").status() == 0);
        assertFalse(wick("delete", "Cluster", "nowhere").status() == 0);
        assertFalse(wick("apply", "-f", "nowhere.yaml").status() == 0);
        Said unknown = wick("frobnicate");
        assertFalse(unknown.status() == 0);
        assertFalse(unknown.text().contains("\tat "), unknown.text());
    }

    @Test
    void a_store_that_is_not_there_is_a_sentence() {
        Said said = wick("get", "--store", "http://127.0.0.1:" + Ports.free());

        assertFalse(said.status() == 0);
        assertFalse(said.text().contains("\tat "), said.text());
        assertTrue(said.text().contains("127.0.0.1"), said.text());
    }

    @Test
    void help_lists_every_command() {
        Said help = wick("help");
        assertEquals(0, help.status());
        for (String command :
                "up store gateway apply get delete explain export test bench peers".split(" ")) {
            assertTrue(help.text().contains(command), command);
        }
    }
}
