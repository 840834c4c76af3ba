package dev.wick.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MersenneTwisterTest {

    @Test
    void itsNumbersAreThoseOfCpp() {
        MersenneTwister numbers = new MersenneTwister();
        numbers.seed(5489);
        assertEquals(3_499_211_612L, numbers.next());
        assertEquals(581_869_302L, numbers.next());
        long last = 0;
        for (int i = 2; i < 10_000; i++) {
            last = numbers.next();
        }
        // What the C++ standard asks of the 10,000th.
        assertEquals(4_123_659_995L, last);
    }

    @Test
    void onlyTheLowerHalfOfASeedCountsAndASeedBeginsAnew() {
        MersenneTwister numbers = new MersenneTwister();
        numbers.seed(7);
        long first = numbers.next();
        numbers.seed(0x1234_5678_0000_0007L);
        assertEquals(first, numbers.next());
    }

    @Test
    void numbersBelowABoundComeToEachOfThem() {
        MersenneTwister numbers = new MersenneTwister();
        numbers.seed(1);
        int[] seen = new int[5];
        for (int i = 0; i < 5_000; i++) {
            seen[numbers.below(5)]++;
        }
        for (int count : seen) {
            assertTrue(count > 850 && count < 1_150, "count: " + count);
        }
        assertEquals(0, numbers.below(1));
    }
}
