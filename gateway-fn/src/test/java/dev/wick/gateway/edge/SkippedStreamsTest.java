package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SkippedStreamsTest {

    private final SkippedStreams skipped = new SkippedStreams();

    @Test
    void streamsInARowSkipNone() {
        for (int stream = 1; stream < 100; stream += 2) {
            skipped.used(stream);
        }
        for (int stream = 0; stream < 200; stream++) {
            assertFalse(skipped.contains(stream), "stream " + stream);
        }
    }

    @Test
    void whatIsPassedOverIsSkippedAndWhatIsUsedIsNot() {
        skipped.used(5);
        skipped.used(7);
        skipped.used(11);
        assertTrue(skipped.contains(1));
        assertTrue(skipped.contains(3));
        assertFalse(skipped.contains(5));
        assertFalse(skipped.contains(7));
        assertTrue(skipped.contains(9));
        assertFalse(skipped.contains(11));
        assertFalse(skipped.contains(13));
    }

    @Test
    void whatWasUsedIsKnownForGood() {
        skipped.used(5);
        skipped.used(7);
        assertTrue(skipped.wasUsed(5));
        assertTrue(skipped.wasUsed(7));
        assertFalse(skipped.wasUsed(3));
        assertFalse(skipped.wasUsed(6));
        assertFalse(skipped.wasUsed(9));
    }

    @Test
    void theServersStreamsAreNotTheClients() {
        skipped.used(1);
        skipped.used(2);
        skipped.used(9);
        assertFalse(skipped.contains(2));
        assertFalse(skipped.contains(4));
        assertTrue(skipped.contains(3));
    }

    @Test
    void anEarlierStreamChangesNothing() {
        skipped.used(9);
        skipped.used(3);
        assertTrue(skipped.contains(3));
        assertFalse(skipped.contains(9));
    }

    @Test
    void theLatestGapsAreKnown() {
        for (int stream = 3; stream < 400; stream += 4) {
            skipped.used(stream);
        }
        assertFalse(skipped.contains(1));
        assertTrue(skipped.contains(397));
        assertTrue(skipped.contains(393));
    }
}
