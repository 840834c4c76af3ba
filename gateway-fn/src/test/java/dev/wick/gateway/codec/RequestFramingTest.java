package dev.wick.gateway.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a request ends, and what is refused since two readers could differ on that. */
class RequestFramingTest extends RequestsRead {

    @Test
    void aBodyOfKnownLengthIsReadWhereverItIsCut() {
        ReadRequest read =
                readEverywhere("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
        assertEquals("hello", read.body());
        assertEquals("content-length: 5", read.headers());
    }

    @Test
    void chunksAreReadWhereverTheyAreCut() {
        ReadRequest read =
                readEverywhere(
                        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n"
                                + "5\r\nhello\r\n00C;x=\"y\"\r\n hello again\r\n0\r\n"
                                + "X-Sum: 1\r\nContent-Length: 7\r\n\r\n");
        assertEquals("hello hello again", read.body());
        assertEquals("", read.headers());
        assertEquals("x-sum: 1", read.trailers());
    }

    @Test
    void whatFollowsAMessageIsTheNextOne() {
        String two =
                "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx"
                        + "\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n";
        ReadRequest first = ReadRequest.of(two, two.length());
        assertEquals("x", first.body());
        assertEquals("\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n", first.rest());
        assertEquals("GET http://a /2", ReadRequest.of(first.rest(), 1).line());
    }

    @Test
    void allThatFollowsConnectOrAnUpgradeIsItsBody() {
        String more = "GET / HTTP/1.1\r\n\r\n";
        for (String head :
                new String[] {
                    "CONNECT a.test:443 HTTP/1.1\r\n",
                    "CONNECT [::1]:443 HTTP/1.1\r\n" + HOST,
                    "GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" + HOST
                }) {
            ReadRequest read = ReadRequest.of(head + "\r\n" + more, 1 << 20);
            assertNull(read.refusal());
            assertEquals(more, read.body());
            assertFalse(read.complete());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECT a:1 HTTP/1.1\r\n",
                "GET / HTTP/1.1\r\nConnection: upgrade\r\nUpgrade: x\r\n"
            })
    void aTunnelHasNoBodyInFrontOfIt(String head) {
        assertEquals(
                Refusal.CONTENT_LENGTH,
                refusedEverywhere(head + HOST + "Content-Length: 5\r\n\r\nhello"));
        assertEquals(
                Refusal.TRANSFER_ENCODING,
                refusedEverywhere(head + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "+1",
                "0x1",
                "1,1",
                "1 1",
                "1.0",
                "9999999999999999999",
                "a",
                "1\u00e4"
            })
    void badLengthsAreRefused(String length) {
        assertEquals(
                Refusal.CONTENT_LENGTH,
                refusedEverywhere(
                        "POST / HTTP/1.1\r\n" + HOST + "Content-Length: " + length + "\r\n\r\n"));
    }

    @Test
    void ambiguousFramingIsRefused() {
        String post = "POST / HTTP/1.1\r\n" + HOST;
        String length = "Content-Length: 1\r\n";
        String chunked = "Transfer-Encoding: chunked\r\n";
        assertEquals(Refusal.CONTENT_LENGTH, refusedEverywhere(post + length + length + "\r\nx"));
        assertEquals(
                Refusal.LENGTH_AND_CODING, refusedEverywhere(post + length + chunked + "\r\nx"));
        assertEquals(
                Refusal.LENGTH_AND_CODING, refusedEverywhere(post + chunked + length + "\r\nx"));
        assertEquals(
                Refusal.TRANSFER_ENCODING, refusedEverywhere(post + chunked + chunked + "\r\n"));
        for (String coding :
                new String[] {
                    "gzip, chunked",
                    "chunked, chunked",
                    "identity",
                    "xchunked",
                    "chunked;q=1",
                    "\u000bchunked",
                    ""
                }) {
            assertEquals(
                    coding.startsWith("\u000b") ? Refusal.FIELD_VALUE : Refusal.TRANSFER_ENCODING,
                    refusedEverywhere(post + "Transfer-Encoding: " + coding + "\r\n\r\n"),
                    coding);
        }
        assertEquals(
                Refusal.CODING_NOT_ALLOWED,
                refusedEverywhere("POST / HTTP/1.0\r\n" + HOST + chunked + "\r\n"));
        assertEquals(501, Refusal.TRANSFER_ENCODING.status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "g\r\n",
                "-1\r\n",
                "0x5\r\nhello\r\n",
                "5 \r\nhello\r\n",
                " 5\r\nhello\r\n",
                "5\nhello\r\n",
                "5\rhello\r\n",
                "5\r\nhello0\r\n\r\n",
                "5\r\nhello\n0\r\n\r\n",
                "5\r\nhello\rx",
                "1000000000000000\r\n",
                "fffffffffffffffff\r\n",
                "5;a\nb\r\nhello\r\n",
                ";a\r\n",
                "5;\u0000\r\nhello\r\n",
            })
    void badChunksAreRefused(String chunks) {
        String head = "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n";
        assertEquals(Refusal.CHUNK, refusedEverywhere(head + chunks));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X : y\r\n\r\n",
                " x\r\n\r\n",
                "x\r\n\r\n",
                "X: y\n\r\n",
                "X: \u0000\r\n\r\n",
                "\n",
                "X: a\rb\r\n\r\n"
            })
    void badTrailersAreRefused(String trailers) {
        String head = "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n";
        assertEquals(Refusal.TRAILER, refusedEverywhere(head + trailers));
    }

    @Test
    void anEndlessExtensionIsRefused() {
        String head = "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n5;";
        assertEquals(Refusal.CHUNK, ReadRequest.of(head + "x".repeat(2000), 100).refusal());
    }
}
