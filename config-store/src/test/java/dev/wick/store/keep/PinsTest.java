package dev.wick.store.keep;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PinsTest {

    private static final long MINUTE = Duration.ofSeconds(60).toNanos();

    private long head = 7;
    private long now = -5;
    private final Pins pins = new Pins(() -> head, () -> now);

    private void pass(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }

    private void commit() {
        head++;
        pins.overtaken(head - 1);
        pins.forget();
    }

    /** As a client does that reads page by page. */
    private Pins.Hold page(long revision) {
        Pins.Hold hold = pins.take(revision);
        assertNotNull(hold);
        pins.renew(hold, MINUTE);
        pins.release(hold);
        return hold;
    }

    @Test
    void whatReadersDidBeforeDoesNotShortenTheHoldOfTheHead() {
        for (int i = 0; i < 20; i++) {
            page(7);
            pass(50);
        }

        Pins.Hold hold = page(7);

        assertFalse(hold.expired());
        pass(59);
        assertFalse(hold.expired());
    }

    @Test
    void aCursorLivesOnWhenTheHeadMovesHoweverLongItWasTheHead() {
        for (int i = 0; i < 20; i++) {
            page(7);
            pass(50);
        }
        commit();

        for (int i = 0; i < 11; i++) {
            page(7);
            pass(50);
        }
        Pins.Hold last = page(7);
        assertFalse(last.expired());
        pass(51);
        assertTrue(last.expired(), "ten minutes are over");
        commit();
        assertNull(pins.take(7));
    }

    @Test
    void aLongHoldLastsTenMinutesWithoutBeingRenewed() {
        Pins.Hold hold = pins.takeLong();
        commit();
        pass(599);
        assertFalse(hold.expired());
        commit();
        assertNotNull(pins.take(7));
        pass(2);
        assertTrue(hold.expired());
    }

    @Test
    void aHoldThatIsNotRenewedEndsAfterTenSeconds() {
        Pins.Hold hold = pins.take();
        pass(9);
        assertFalse(hold.expired());
        pass(2);
        assertTrue(hold.expired());
    }
}
