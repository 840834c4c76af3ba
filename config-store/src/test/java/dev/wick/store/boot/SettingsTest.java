package dev.wick.store.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private static Settings read(Map<String, String> environment, String... arguments) {
        return Settings.read(List.of(arguments), environment::get);
    }

    @Test
    void withoutAnythingTheDefaultsHold() {
        Settings settings = read(Map.of());

        assertEquals(Path.of(System.getProperty("user.home"), ".wick"), settings.data());
        assertEquals("127.0.0.1", settings.address());
        assertEquals(8100, settings.port());
        assertEquals(10_000, settings.keepRevisions());
        assertEquals(30, settings.keepDays());
    }

    @Test
    void withoutAHomeTheFolderMustBeGiven() {
        String home = System.getProperty("user.home");
        System.setProperty("user.home", "");
        try {
            assertEquals(
                    "no home folder: HOME is not set (expected: --data DIR, or WICK_DATA)",
                    refusal("--api", "8101"));
            assertEquals(Path.of("/b"), read(Map.of(), "--data", "/b").data());
        } finally {
            System.setProperty("user.home", home);
        }
    }

    @Test
    void aFlagGoesBeforeItsVariable() {
        Settings settings =
                read(
                        Map.of("WICK_DATA", "/a", "WICK_API", "8101", "WICK_KEEP_REVISIONS", "7"),
                        "--data",
                        "/b",
                        "--api=[::1]:8102");

        assertEquals(Path.of("/b"), settings.data());
        assertEquals("::1", settings.address());
        assertEquals(8102, settings.port());
        assertEquals(7, settings.keepRevisions());
    }

    @Test
    void whatCannotBeReadSaysWhatWasExpected() {
        assertEquals(
                "--api: x (expected: [ADDR:]PORT, PORT 0-65535)", refusal("--api", "127.0.0.1:x"));
        assertEquals("--data: missing (expected: a value)", refusal("--data"));
        assertEquals("--keep-revisions: 0 (expected: 1-1000000000)", refusal("--keep-revisions=0"));
        assertEquals("--keep-days: no (expected: 1-36500)", refusal("--keep-days", "no"));
        assertEquals(
                "--dta: unknown (expected: --api, --data, --keep-days, --keep-revisions)",
                refusal("--dta", "x"));
    }

    private static String refusal(String... arguments) {
        return assertThrows(IllegalArgumentException.class, () -> read(Map.of(), arguments))
                .getMessage();
    }
}
