package dev.wick.gateway.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    private static long quantile(double share, long... micros) {
        Latencies latencies = new Latencies(2);
        for (int i = 0; i < micros.length; i++) {
            latencies.add(i % 2, micros[i]);
        }
        return latencies.quantile(share);
    }

    @Test
    void ofNoneThereIsNoQuantile() {
        assertEquals(-1, quantile(0.5));
    }

    @Test
    void binsHaveTwoDigitsAndQuantilesLieWithinThemInProportion() {
        assertEquals(5_050, quantile(0.5, 5_001, 5_002, 5_003, 5_099, 5_000));
        assertEquals(5_100, quantile(1, 5_000));
        assertEquals(123_000, quantile(0.3, 123_456, 123_456, 123_456) / 1_000 * 1_000);
        assertEquals(20_500, quantile(0.5, 20_900));
        assertEquals(42, quantile(0.5, 42));
        assertEquals(0, quantile(0.5, 0));
    }

    @Test
    void latenciesOfAllLoopsCount() {
        assertEquals(30, quantile(0.5, 10, 20, 30, 40, 50));
        assertEquals(51, quantile(1, 10, 20, 30, 40, 50));
    }

    @Test
    void whatIsAddedMeanwhileDoesNotLeadPastTheEnd() throws Exception {
        Latencies latencies = new Latencies(1);
        latencies.add(0, 0);
        AtomicBoolean over = new AtomicBoolean();
        Thread adding =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    for (int i = 0; !over.get(); i++) {
                                        latencies.add(0, i % 100);
                                    }
                                });
        try {
            for (int i = 0; i < 10_000; i++) {
                assertTrue(latencies.quantile(1) <= 100);
            }
        } finally {
            over.set(true);
            adding.join();
        }
    }

    @Test
    void whatTakesDaysFallsIntoTheLastBin() {
        assertEquals(995_000_000_000L, quantile(0.5, Long.MAX_VALUE / 1_000));
    }
}
