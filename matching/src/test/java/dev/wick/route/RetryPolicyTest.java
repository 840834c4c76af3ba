package dev.wick.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.http.Headers;
import dev.wick.http.ResponseHead;
import org.junit.jupiter.api.Test;

/** Which answers are tried again, and when. */
class RetryPolicyTest {

    private static boolean again(String on, int status, String... fields) {
        ResponseHead head = new ResponseHead(status);
        for (int i = 0; i < fields.length; i += 2) {
            head.headers().add(fields[i], fields[i + 1]);
        }
        return RetryPolicy.NONE.retries(RetryOn.parse(on), head);
    }

    @Test
    void everyWordOfTheLanguageHasABitOfItsOwn() {
        int all = 0;
        for (String word : dev.wick.model.RetryPolicy.CONDITIONS) {
            int bit = RetryOn.parse(word);
            assertEquals(1, Integer.bitCount(bit), word);
            assertEquals(0, all & bit, word);
            all |= bit;
        }
    }

    @Test
    void wordsMayHaveSpaceAroundThemAndUnknownOnesSayNothing() {
        assertEquals(RetryOn.FIVE_XX | RetryOn.RESET, RetryOn.parse(" 5xx , sometimes,,reset"));
    }

    @Test
    void statusesDecide() {
        assertTrue(again("5xx", 500));
        assertFalse(again("5xx", 499));
        assertTrue(again("5xx", 599));
        assertFalse(again("5xx", 600));
        assertTrue(again("gateway-error", 502));
        assertFalse(again("gateway-error", 500));
        assertFalse(again("gateway-error", 505));
        assertTrue(again("retriable-4xx", 409));
        assertFalse(again("retriable-4xx,5xx", 404));
        assertFalse(again("reset,connect-failure", 503));
    }

    @Test
    void whatIsRateLimitedIsTriedAgainOnlyWhereThatIsAskedFor() {
        assertFalse(again("5xx", 503, "x-envoy-ratelimited", "true"));
        assertTrue(again("envoy-ratelimited", 429, "x-envoy-ratelimited", "true"));
        assertFalse(again("envoy-ratelimited", 429));
    }

    @Test
    void theGrpcStatusInTheHeadDecides() {
        assertTrue(again("unavailable", 200, "grpc-status", "14"));
        assertFalse(again("unavailable", 200, "grpc-status", "13"));
        assertTrue(again("internal,cancelled", 200, "grpc-status", "1"));
        assertFalse(again("unavailable", 200, "grpc-status", "x"));
    }

    @Test
    void resetHeadersSayWhen() {
        ResetHeaders reset =
                new ResetHeaders(
                        new String[] {"retry-after", "x-ratelimit-reset"},
                        new boolean[] {false, true},
                        10_000);

        assertEquals(3_000, millis(reset, "retry-after", "3"));
        assertEquals(5_000, millis(reset, "x-ratelimit-reset", "1005"));
        assertEquals(0, millis(reset, "x-ratelimit-reset", "999"));
        assertEquals(0, millis(reset, "retry-after", "11"));
        assertEquals(0, millis(reset, "retry-after", "Fri, 31 Dec 1999 23:59:59 GMT"));
        assertEquals(0, millis(reset, "other", "3"));
        assertNotEquals(0, millis(reset, "retry-after", "10"));
    }

    private static long millis(ResetHeaders reset, String name, String value) {
        Headers headers = new Headers();
        headers.add(name, value);
        return reset.millis(headers, 1_000_000);
    }
}
