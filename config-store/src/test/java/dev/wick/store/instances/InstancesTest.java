package dev.wick.store.instances;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstancesTest {

    private Instant now = Instant.EPOCH;
    private final Instances instances = new Instances(() -> now);

    /** With a problem of so many characters. */
    private static Report report(int characters) {
        Report.Refused refused = new Report.Refused("d", "f", "v".repeat(characters), "e");
        return new Report(1, "1", List.of(), List.of(refused), 0, List.of());
    }

    private List<String> ids(String gateway) {
        return instances.of(gateway).stream().map(Instances.Heard::instance).toList();
    }

    @Test
    void whoIsSilentForAMinuteIsNotListed() {
        instances.report("g", "b", report(1));
        instances.report("g", "a", report(1));
        assertEquals(List.of("a", "b"), ids("g"));
        now = now.plusSeconds(30);
        instances.report("g", "a", report(1));
        now = now.plusSeconds(40);
        assertEquals(List.of("a"), ids("g"));
    }

    @Test
    void reportsOfManyNamesAreBoundedTogetherAndForgottenByTheClock() {
        int million = 1_000_000;
        int taken = 0;
        while (taken < 100 && instances.report("g" + taken, "i", report(million))) {
            taken++;
        }
        assertTrue(taken > 10 && taken < 100, "taken: " + taken);
        assertTrue(instances.report("g0", "i", report(1)), "what takes less is taken");
        assertTrue(instances.report("g1", "i", report(million)), "and as much as before");
        assertFalse(instances.report("new", "i", report(2 * million)));

        now = now.plusSeconds(61);
        instances.forget();

        for (int i = 0; i < taken; i++) {
            assertTrue(instances.report("n" + i, "i", report(million)));
        }
        assertEquals(List.of(), ids("g0"));
    }

    @Test
    void aGatewayHasSoManyInstancesAtMost() {
        for (int i = 0; i < 10_000; i++) {
            assertTrue(instances.report("g", "i" + i, report(0)));
        }
        assertFalse(instances.report("g", "one more", report(0)));
        assertTrue(instances.report("g", "i7", report(0)));
        assertTrue(instances.report("other", "i", report(0)));
        assertEquals(10_000, ids("g").size());
    }
}
