package dev.wick.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "250ms, 250, 250ms",
        "5s, 5000, 5s",
        "2m, 120000, 2m",
        "1h, 3600000, 1h",
        "1h30m, 5400000, 1h30m",
        "90s, 90000, 1m30s",
        "1500ms, 1500, 1s500ms",
        "0s, 0, 0s",
        "0h0ms, 0, 0s",
        "99999999h, 359999996400000, 99999999h",
    })
    void wholeNumbersWithUnitsAreDurations(String text, long millis, String canonical) {
        assertEquals(Duration.ofMillis(millis), Durations.parse(text));
        assertEquals(canonical, Durations.format(Duration.ofMillis(millis)));
        assertTrue(text.matches(Durations.PATTERN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5",
                "s",
                "5 s",
                "-5s",
                "+5s",
                "1.5s",
                "5S",
                "5sec",
                "30m1h",
                "1s1s",
                "5us",
                "1d",
                "123456789s",
                "5s ",
                "٥s"
            })
    void nothingElseIs(String text) {
        assertNull(Durations.parse(text));
        assertTrue(!text.matches(Durations.PATTERN));
    }
}
