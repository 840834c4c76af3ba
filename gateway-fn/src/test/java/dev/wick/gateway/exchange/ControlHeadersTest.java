package dev.wick.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.http.Headers;
import dev.wick.http.ResponseHead;
import dev.wick.route.RetryOn;
import dev.wick.route.RetryPolicy;
import org.junit.jupiter.api.Test;

/** What a request asks of its timeouts and retries. */
class ControlHeadersTest {

    private static Headers of(String... fields) {
        Headers headers = new Headers();
        for (int i = 0; i < fields.length; i += 2) {
            headers.add(fields[i], fields[i + 1]);
        }
        return headers;
    }

    private static RetryPolicy asked(String... fields) {
        return ControlHeaders.retries(of(fields), RetryPolicy.NONE);
    }

    private static boolean again(RetryPolicy policy, int status, String... fields) {
        ResponseHead head = new ResponseHead(status);
        head.headers().addAll(of(fields));
        return policy.retries(policy.on(), head);
    }

    @Test
    void whatEveryRequestHasAsksForNothing() {
        assertFalse(
                ControlHeaders.any(
                        of(
                                "x-envoy-external-address", "127.0.0.1",
                                "x-envoy-internal", "true",
                                "x-envoy-", "",
                                "x-request-id", "1",
                                "upgrade", "x")));
        assertTrue(ControlHeaders.any(of("a", "b", "x-envoy-max-retries", "1")));
        assertTrue(ControlHeaders.any(of("x-envoy-hedge-on-per-try-timeout", "true")));
    }

    @Test
    void whatIsReadIsTakenOut() {
        Headers headers =
                of(
                        "x-envoy-retry-on", "5xx",
                        "x-envoy-retry-grpc-on", "internal",
                        "x-envoy-max-retries", "2",
                        "x-envoy-retriable-status-codes", "404",
                        "x-envoy-retriable-header-names", "x-a",
                        "x-envoy-hedge-on-per-try-timeout", "true",
                        "x-envoy-upstream-rq-per-try-timeout-ms", "1",
                        "x-left", "1");
        ControlHeaders.retries(headers, RetryPolicy.NONE);
        assertEquals(1, headers.size());
        assertTrue(headers.contains("x-left"));
    }

    @Test
    void wordsForHttpAndForGrpcHaveHeadersOfTheirOwn() {
        assertEquals(RetryOn.FIVE_XX | RetryOn.RESET, asked("x-envoy-retry-on", "5xx, reset").on());
        assertEquals(RetryOn.INTERNAL, asked("x-envoy-retry-grpc-on", "internal,5xx").on());
        assertSame(RetryPolicy.NONE, asked("x-envoy-retry-on", "unavailable,sometimes"));
        assertSame(RetryPolicy.NONE, asked("x-envoy-max-retries", "5"));
    }

    @Test
    void itIsTriedAgainAsOftenAsItAsksOrOnce() {
        assertEquals(1, asked("x-envoy-retry-on", "5xx").retries());
        assertEquals(7, asked("x-envoy-retry-on", "5xx", "x-envoy-max-retries", "7").retries());
        assertEquals(0, asked("x-envoy-retry-on", "5xx", "x-envoy-max-retries", "0").retries());
        assertEquals(1, asked("x-envoy-retry-on", "5xx", "x-envoy-max-retries", "x").retries());
    }

    @Test
    void statusesAndHeaderNamesAreAddedToThoseOfThePolicy() {
        RetryPolicy policy =
                RetryPolicy.NONE.with(
                        RetryOn.RETRIABLE_STATUS_CODES, 3, new int[] {404}, new String[0]);
        Headers headers =
                of(
                        "x-envoy-retry-on", "retriable-headers",
                        "x-envoy-retriable-status-codes", "418, 429,x,",
                        "x-envoy-retriable-header-names", "X-Again, ,x-more");
        RetryPolicy both = ControlHeaders.retries(headers, policy);
        assertEquals(3, both.retries());
        assertTrue(again(both, 404));
        assertTrue(again(both, 418));
        assertTrue(again(both, 429));
        assertFalse(again(both, 503));
        assertTrue(again(both, 200, "x-again", ""));
        assertTrue(again(both, 200, "x-more", "1"));
        assertFalse(again(both, 200, "x-other", "1"));
        assertFalse(again(policy, 418), "the policy stays as it was");
    }

    @Test
    void hedgingIsAskedForOrNot() {
        String name = "x-envoy-hedge-on-per-try-timeout";
        assertTrue(ControlHeaders.hedges(of(name, "true"), false));
        assertFalse(ControlHeaders.hedges(of(name, "false"), true));
        assertTrue(ControlHeaders.hedges(of(name, "maybe"), true));
        assertFalse(ControlHeaders.hedges(of(), false));
    }

    @Test
    void aNumberMayHaveSpaceAroundIt() {
        assertEquals(5, ControlHeaders.millis(of(ControlHeaders.TIMEOUT, " 5 "), "x", 5));
        assertEquals(
                5,
                ControlHeaders.millis(
                        of(ControlHeaders.TIMEOUT, " 5 "), ControlHeaders.TIMEOUT, 7));
        assertEquals(
                7,
                ControlHeaders.millis(of(ControlHeaders.TIMEOUT, "5s"), ControlHeaders.TIMEOUT, 7));
    }
}
