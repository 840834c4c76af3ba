package dev.wick.cli.up;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunningTest {

    @ParameterizedTest
    @CsvSource({
        "gateway, PATH WICK_STORE",
        "rehearse, PATH WICK_STORE",
        "store, PATH WICK_STORE WICK_STORE_KEY WICK_STORE_OLD_KEYS"
    })
    void secretsReachNobodyButTheStore(String command, String left) {
        Map<String, String> environment = new HashMap<>();
        for (String name :
                "PATH WICK_STORE WICK_TOKEN WICK_STORE_KEY WICK_STORE_OLD_KEYS".split(" ")) {
            environment.put(name, "x");
        }

        Running.withhold(command, environment);

        assertEquals(left, String.join(" ", environment.keySet().stream().sorted().toList()));
    }
}
