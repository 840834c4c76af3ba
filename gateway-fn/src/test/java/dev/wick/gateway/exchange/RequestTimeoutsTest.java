package dev.wick.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What requests say of how long they may take. */
class RequestTimeoutsTest {

    @Test
    void aDeadlineOfGrpcIsANumberAndAUnit() {
        assertEquals(3_600_000, RequestTimeouts.grpcMillis("1H"));
        assertEquals(120_000, RequestTimeouts.grpcMillis("2M"));
        assertEquals(3_000, RequestTimeouts.grpcMillis("3S"));
        assertEquals(4, RequestTimeouts.grpcMillis("4m"));
        assertEquals(1, RequestTimeouts.grpcMillis("5u"));
        assertEquals(2, RequestTimeouts.grpcMillis("1000001n"));
        assertEquals(0, RequestTimeouts.grpcMillis("0S"));
    }

    @Test
    void whatIsNoDeadlineIsNone() {
        for (String text : new String[] {"", "S", "5", "5s", "-1S", "1.5S", "123456789S", "5 S"}) {
            assertEquals(-1, RequestTimeouts.grpcMillis(text), text);
        }
    }

    @Test
    void aTimeoutThatIsNoNumberChangesNothing() {
        assertEquals(250, RequestTimeouts.millis("250", 15_000));
        assertEquals(0, RequestTimeouts.millis("0", 15_000));
        for (String text : new String[] {"", "-1", "1s", "1234567890123456789"}) {
            assertEquals(15_000, RequestTimeouts.millis(text, 15_000), text);
        }
    }

    @Test
    void aDeadlineOfGrpcHasAtMostEightDigits() {
        assertEquals("99999999m", RequestTimeouts.grpcText(99_999_999));
        assertEquals("100000S", RequestTimeouts.grpcText(100_000_000));
        assertEquals("27777H", RequestTimeouts.grpcText(100_000_000_000L));
        assertEquals("99999999H", RequestTimeouts.grpcText(3_600_000L * 99_999_999));
        assertEquals("99999999H", RequestTimeouts.grpcText(Long.MAX_VALUE));
    }
}
