package dev.wick.gateway.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the tables of Envoy's documentation. */
class PriorityLoadsTest {

    /** Priority levels: healthy percent of each, and its share. */
    @ParameterizedTest
    @CsvSource({
        "100 100, 100 0",
        "72 72, 100 0",
        "71 71, 99 1",
        "50 50, 70 30",
        "25 100, 35 65",
        "25 25, 50 50",
        "5 0 95, 7 0 93",
        "100 100 100, 100 0 0",
        "50 50 50, 70 30 0",
        "20 20 20, 34 33 33"
    })
    void loadFallsToLowerPrioritiesAsHigherOnesFail(String healthy, String loads) {
        assertEquals(loads, healthyLoads(loads(healthy, "", 0)));
    }

    /** Degraded endpoints: healthy and degraded percent, and the shares of both. */
    @ParameterizedTest
    @CsvSource({
        "100, 0, 100, 0",
        "71, 0, 100, 0",
        "71, 29, 99, 1",
        "25, 65, 35, 65",
        "5, 0, 100, 0",
        "0, 50, 0, 100"
    })
    void degradedHostsGetWhatTheHealthyOnesCannotCarry(
            String healthy, String degraded, String load, String degradedLoad) {
        PriorityLoads loads = loads(healthy, degraded, 0);
        assertEquals(load, healthyLoads(loads));
        assertEquals(degradedLoad, Integer.toString(loads.degradedLoad(0)));
    }

    /** Panic threshold 50: healthy percent of each, whether each panics, and its share. */
    @ParameterizedTest
    @CsvSource({
        "72 72, no no, 100 0",
        "71 71, no no, 99 1",
        "50 60, no no, 70 30",
        "25 100, no no, 35 65",
        "5 65, yes no, 8 92",
        "25 25, yes yes, 50 50",
        "1 1, yes yes, 50 50",
        "0 0, yes yes, 50 50"
    })
    void aPriorityPanicsOnlyWhereAllTogetherCannotCarryTheLoad(
            String healthy, String panics, String loads) {
        PriorityLoads found = loads(healthy, "", 50);
        StringBuilder panic = new StringBuilder();
        for (int i = 0; i < healthy.split(" ").length; i++) {
            panic.append(i == 0 ? "" : " ").append(found.panics(i) ? "yes" : "no");
        }
        assertEquals(panics, panic.toString());
        assertEquals(loads, healthyLoads(found));
    }

    /** The numbers are bits: 1 is priority 0, 2 is priority 1. */
    @ParameterizedTest
    @CsvSource({
        "50 50 50, 1, 0 70 30",
        "50 50 50, 2, 70 0 30",
        "50 50 50, 3, 0 0 100",
        "20 20 20, 1, 0 50 50",
        "20 20 20 20, 1, 0 34 33 33"
    })
    void excludedPrioritiesLeaveTheirLoadToTheOthers(String healthy, long excluded, String loads) {
        BitSet bits = BitSet.valueOf(new long[] {excluded});
        PriorityLoads left = loads(healthy, "", 0).excluding(bits);
        assertEquals(loads, left == null ? "none" : healthyLoads(left));
    }

    @Test
    void nothingIsLeftWhereAllAreExcluded() {
        assertNull(loads("50 50 50", "", 0).excluding(BitSet.valueOf(new long[] {7})));
    }

    private static String healthyLoads(PriorityLoads loads) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < loads.size(); i++) {
            text.append(i == 0 ? "" : " ").append(loads.healthyLoad(i));
        }
        return text.toString();
    }

    private static PriorityLoads loads(String healthy, String degraded, int threshold) {
        String[] good = healthy.split(" ");
        String[] fair = degraded.split(" ");
        PriorityLoads.Counts[] counts = new PriorityLoads.Counts[good.length];
        for (int i = 0; i < counts.length; i++) {
            int degradedHosts = degraded.isEmpty() ? 0 : Integer.parseInt(fair[i]);
            counts[i] = new PriorityLoads.Counts(100, Integer.parseInt(good[i]), degradedHosts, 0);
        }
        return PriorityLoads.of(counts, 140, threshold);
    }
}
