package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.wick.gateway.overload.GradientController;
import dev.wick.gateway.overload.GradientSettings;
import dev.wick.gateway.snapshot.ConcurrencySettings;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConcurrenciesTest {

    private static final ConcurrencySettings SETTINGS =
            new ConcurrencySettings(
                    new GradientSettings(
                            0.5, 1_000, 100_000_000, 30_000_000_000L, 0, 5, 0, 3, 0.25),
                    503);

    private final Concurrencies concurrencies = new Concurrencies(1);

    private GradientController of(String listener, String chain) {
        return concurrencies.of(listener, chain, SETTINGS);
    }

    @Test
    void namesThatRunTogetherByADotAreKeptApart() {
        GradientController first = of("a.b", "");
        GradientController second = of("a", "b");
        assertNotSame(first, second);
        assertSame(first, of("a.b", ""));
        assertSame(second, of("a", "b"));
        assertEquals(2, concurrencies.metrics().size());
    }

    @Test
    void whatIsNoMoreIsForgotten() {
        GradientController kept = of("a", "b");
        GradientController gone = of("a", "c");
        GradientController other = of("a.b", "c");
        concurrencies.retain("a", Set.of("b"));
        assertEquals(2, concurrencies.metrics().size());
        assertSame(kept, of("a", "b"));
        assertNotSame(gone, of("a", "c"));
        concurrencies.retain("a", Set.of());
        assertEquals(1, concurrencies.metrics().size());
        assertSame(other, of("a.b", "c"));
    }
}
