package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Folder;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Tool;
import dev.wick.e2e.harness.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real load generators, for a short while: not one request of theirs fails. */
class LoadTest {

    private static final StoreApi STORE = Store.shared().gateway("load");
    private static final Pattern TOTAL = Pattern.compile("(\\d+) requests in ");

    @AutoClose private static final Folder FOLDER = Folder.temporary("load");
    @AutoClose private static final Upstream ECHO = Upstream.echo();
    @AutoClose private static Gateway gateway;

    @BeforeAll
    static void start() {
        STORE.apply(
                Documents.listener() + Documents.hostAndCluster("load", "127.0.0.1", ECHO.port()));
        gateway = Gateway.start(Store.shared(), "load");
    }

    private static String url() {
        return "http://127.0.0.1:" + gateway.port() + "/";
    }

    private static void load(int requests, String... arguments) {
        Tool h2load = Tool.require("h2load", "nghttp2-client");
        Tool.Ran ran =
                h2load.with("-n", Integer.toString(requests), "-c", "8").run(arguments).well();
        String out = ran.out();
        assertTrue(out.contains(requests + " succeeded, 0 failed, 0 errored, 0 timeout"), out);
        assertTrue(out.contains("status codes: " + requests + " 2xx, 0 3xx, 0 4xx, 0 5xx"), out);
    }

    @Test
    void h2load_by_http_1() {
        load(3000, "--h1", url());
    }

    @Test
    void h2load_by_http_2() {
        load(3000, "-m", "10", url());
    }

    @Test
    void h2load_posts() throws IOException {
        String body =
                Files.writeString(FOLDER.resolve("body"), "0123456789abcdef".repeat(256))
                        .toString();
        load(1000, "--h1", "-d", body, url());
        load(1000, "-m", "10", "-d", body, url());
    }

    @Test
    void wrk_for_two_seconds() {
        Tool wrk = Tool.require("wrk", "wrk");
        String out = wrk.run("-t1", "-c16", "-d2s", url()).well().out();
        assertFalse(out.contains("Socket errors"), out);
        assertFalse(out.contains("Non-2xx"), out);
        Matcher total = TOTAL.matcher(out);
        assertTrue(total.find() && Integer.parseInt(total.group(1)) > 0, out);
    }
}
