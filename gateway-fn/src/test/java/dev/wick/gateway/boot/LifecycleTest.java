package dev.wick.gateway.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LifecycleTest {

    private static Map<String, String> shown(String... arguments) {
        return Lifecycle.shown(Settings.read(arguments, name -> null));
    }

    @Test
    void everySettingIsShownButWhereTheTokenIs() {
        Set<String> flags = new TreeSet<>();
        for (String flag : Flags.KNOWN) {
            flags.add(flag.substring(2));
        }
        flags.removeAll(Set.of("http", "listen", "token-file"));
        flags.addAll(Set.of("listen http", "listen other"));

        assertEquals(flags, new TreeSet<>(shown("--http", "1", "--listen", "other=2").keySet()));
    }

    @Test
    void aLimitIsShownWhereThereIsOne() {
        assertEquals("any number", shown().get("max-connections"));
        assertEquals("7", shown("--max-connections", "7").get("max-connections"));
    }
}
