package dev.wick.cli.arguments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    private static Arguments parse(String... given) {
        return Arguments.parse(List.of(given), Set.of("-f", "--store"), Set.of("--prune"));
    }

    @Test
    void optionsAndWordsStandInAnyOrder() {
        Arguments arguments =
                parse("one", "-f", "a", "--prune", "two", "-f", "-", "--store=http://x");
        assertEquals(List.of("one", "two"), arguments.words());
        assertEquals(List.of("a", "-"), arguments.all("-f"));
        assertTrue(arguments.has("--prune"));
        assertEquals("http://x", arguments.setting("--store", "WICK_NOT_SET", "otherwise"));
    }

    @Test
    void withoutAHomeTheFolderMustBeGiven() {
        String home = System.getProperty("user.home");
        System.setProperty("user.home", "");
        try {
            UsageException e = assertThrows(UsageException.class, () -> parse().data());
            assertEquals(
                    "no home folder: HOME is not set (expected: --data DIR, or WICK_DATA)",
                    e.getMessage());
            Arguments given = Arguments.parse(List.of("--data", "/b"), Set.of("--data"), Set.of());
            assertEquals(Path.of("/b"), given.data());
        } finally {
            System.setProperty("user.home", home);
        }
    }

    @Test
    void twoDashesEndTheOptions() {
        assertEquals(List.of("-f", "x"), parse("--", "-f", "x").words());
    }

    @Test
    void anUnknownOptionIsRefusedByName() {
        UsageException e = assertThrows(UsageException.class, () -> parse("--stor=x"));
        assertEquals("--stor: no such option (wick help lists them)", e.getMessage());
    }

    @Test
    void anOptionWithoutItsValueIsRefused() {
        assertThrows(UsageException.class, () -> parse("-f"));
    }
}
