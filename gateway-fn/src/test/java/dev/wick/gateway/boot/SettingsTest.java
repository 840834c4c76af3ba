package dev.wick.gateway.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.overload.OverloadAction;
import dev.wick.gateway.overload.OverloadSettings;
import dev.wick.gateway.overload.Trigger;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    private static Settings read(Map<String, String> environment, String... arguments) {
        return Settings.read(arguments, environment::get);
    }

    private static Settings read(String... arguments) {
        return read(Map.of(), arguments);
    }

    private static String refusal(String... arguments) {
        return assertThrows(IllegalArgumentException.class, () -> read(arguments)).getMessage();
    }

    @Test
    void withoutAnyThereAreDefaults() {
        Settings settings = read();

        assertEquals("default", settings.gateway());
        assertEquals("http://127.0.0.1:8100", settings.store());
        assertEquals(Map.of(), settings.ports());
        assertEquals(new InetSocketAddress("127.0.0.1", 9901), settings.admin());
        assertEquals(Duration.ofSeconds(5), settings.fetchTimeout());
        assertEquals("-", settings.accessLog());
    }

    @Test
    void whatIsShedIsSaidByActions() {
        assertEquals(OverloadSettings.DEFAULT, read().overload());
        assertTrue(read(Map.of("WICK_OVERLOAD", "off")).overload().off());
        OverloadSettings settings = read("--overload", "stop_accepting_requests=0.7").overload();
        assertEquals(
                new Trigger(0.7, 0.7), settings.trigger(OverloadAction.STOP_ACCEPTING_REQUESTS));
        String refusal = refusal("--overload", "shrink_heap=0.9");
        assertTrue(refusal.startsWith("--overload: shrink_heap=0.9 (expected: off, or"), refusal);
    }

    @Test
    void aFlagGoesBeforeItsVariable() {
        Map<String, String> environment = Map.of("WICK_GATEWAY", "one", "WICK_FETCH_TIMEOUT", "1s");

        assertEquals("two", read(environment, "--gateway", "two").gateway());
        assertEquals("one", read(environment).gateway());
        assertEquals(Duration.ofSeconds(1), read(environment).fetchTimeout());
    }

    @Test
    void theHttpPortIsAFlagOrAVariableOrWhatThePlatformSays() {
        Map<String, String> platform = Map.of("PORT", "81");

        assertEquals(80, read(platform, "--http=80").ports().get("http").getPort());
        assertEquals(
                82, read(Map.of("PORT", "81", "WICK_HTTP", "82")).ports().get("http").getPort());
        assertEquals(81, read(platform).ports().get("http").getPort());
        assertEquals("0.0.0.0", read(platform).ports().get("http").getAddress().getHostAddress());
        assertEquals(
                new InetSocketAddress("127.0.0.1", 80),
                read("--http", "127.0.0.1:80").ports().get("http"));
        assertEquals(
                new InetSocketAddress("::1", 80), read("--http", "[::1]:80").ports().get("http"));
    }

    @Test
    void otherListenersAreNamed() {
        Settings settings = read("--listen", "a=127.0.0.1:1,b=2", "--listen", "c=3", "--http", "4");

        assertEquals(4, settings.ports().size());
        assertEquals(2, settings.ports().get("b").getPort());
        assertEquals(3, settings.ports().get("c").getPort());
    }

    @Test
    void theTokenComesFromItsVariableOrAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "from-file\n");

        assertEquals("t", read(Map.of("WICK_TOKEN", "t")).token());
        assertEquals("from-file", read("--token-file", file.toString()).token());
        assertTrue(refusal("--token-file", folder + "/none").contains("/none (expected: a file"));
    }

    @Test
    void whatIsWrongIsSaidWithWhatWasExpected() {
        assertEquals(
                "--http: 65536 (expected: [ADDR:]PORT, PORT 0-65535)", refusal("--http", "65536"));
        assertEquals("--listen: 80 (expected: NAME=[ADDR:]PORT)", refusal("--listen", "80"));
        assertEquals("--http: missing (expected: a value)", refusal("--http"));
        assertEquals(
                "--store: ftp://x (expected: http://HOST[:PORT][/PREFIX])",
                refusal("--store", "ftp://x"));
        for (String name : List.of("a/b", "A_b", "a.b", "a".repeat(64))) {
            assertEquals(
                    "--gateway: " + name + " (expected: 1-63 characters of a-z 0-9 -)",
                    refusal("--gateway", name));
        }
        assertEquals(
                "--instance: a/b (expected: 1-253 characters of a-z A-Z 0-9 . _ -)",
                refusal("--instance", "a/b"));
        assertTrue(refusal("--fetch-timeout", "0s").startsWith("--fetch-timeout: 0s (expected: "));
        assertTrue(refusal("--htp", "80").startsWith("--htp: unknown (expected: --access-log, "));
    }

    @Test
    void aCopyWithoutATokenIsRefused() {
        assertTrue(refusal("--cache", "/x").startsWith("--cache: /x (expected: with a token"));
    }
}
