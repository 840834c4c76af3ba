package dev.wick.gateway.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request may look like, and what is refused, however its bytes are cut. */
class RequestParserTest {

    private static final String HOST = "Host: a\r\n";

    @Test
    void aHeadIsReadWhereverItIsCut() {
        ReadRequest read =
                readEverywhere(
                        "GET /a?b=c HTTP/1.1\r\nHost: h:8080\r\nUser-Agent:  x y \r\nX: \r\n\r\n");
        assertEquals("GET http://h:8080 /a?b=c", read.line());
        assertEquals("user-agent: x y\nx: ", read.headers());
        assertTrue(read.keepAlive());
        assertEquals("", read.body());
    }

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET http://b/x HTTP/1.1 | GET http://b /x",
                "GET HTTP://b:81 HTTP/1.1 | GET http://b:81 /",
                "GET https://b?q HTTP/1.1 | GET https://b /?q",
                "OPTIONS * HTTP/1.1 | OPTIONS http://a *",
                "get /%2f HTTP/1.1 | get http://a /%2f",
                "M-SEARCH /[]<>^`{}\\ HTTP/1.1 | M-SEARCH http://a /[]<>^`{}\\",
            })
    void targetsHaveTheirForms(String line, String expected) {
        assertEquals(expected, readEverywhere(line + "\r\n" + HOST + "\r\n").line());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET  / HTTP/1.1",
                " GET / HTTP/1.1",
                "GET / HTTP/1.1 ",
                "GET /",
                "GET / HTTP/1.2",
                "GET / HTTP/2.0",
                "GET / http/1.1",
                "GET / HTTP/1.10",
                "GET /a b HTTP/1.1",
                "GET /a\tb HTTP/1.1",
                "GET /\u00e4 HTTP/1.1",
                "GE(T / HTTP/1.1",
                "GET\t/ HTTP/1.1",
                "GET / HTTP/1.1\r",
                "GET / \u0000HTTP/1.1",
                "/ HTTP/1.1",
                "GET",
            })
    void badRequestLinesAreRefused(String line) {
        assertEquals(Refusal.REQUEST_LINE, refusedEverywhere(line + "\r\n" + HOST + "\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET * HTTP/1.1",
                "GET a HTTP/1.1",
                "GET ftp://a/ HTTP/1.1",
                "GET http:///x HTTP/1.1",
                "GET http://u@a/x HTTP/1.1",
                "GET http://a:b/x HTTP/1.1",
                "GET http://a:123456/ HTTP/1.1",
                "OPTIONS ** HTTP/1.1",
            })
    void targetsOfNoFormAreRefused(String line) {
        assertEquals(Refusal.TARGET, refusedEverywhere(line + "\r\n" + HOST + "\r\n"));
    }

    @Test
    void aFragmentIsRefused() {
        assertEquals(Refusal.FRAGMENT, refusedEverywhere("GET /a#b HTTP/1.1\r\n" + HOST + "\r\n"));
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
    @ValueSource(strings = {"a", "a:", "/a", "http://a/", "a:b", ":443", "u@a:1", "*"})
    void connectNamesAHostAndAPort(String target) {
        assertEquals(
                Refusal.TARGET,
                refusedEverywhere("CONNECT " + target + " HTTP/1.1\r\n" + HOST + "\r\n"));
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
                "X : y\r\n",
                " X: y\r\n",
                "\tX: y\r\n",
                "X: a\r\n b\r\n",
                "X\r\n",
                ": y\r\n",
                "X Y: z\r\n",
                "X\u0000: z\r\n",
                "X(: z\r\n",
                "\u00c4: z\r\n",
                "\rX: z\r\n",
            })
    void badNamesAreRefused(String field) {
        assertEquals(
                Refusal.FIELD_NAME,
                refusedEverywhere("GET / HTTP/1.1\r\n" + HOST + field + "\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X: a\rb\r\n",
                "X: a\nb: c\r\n",
                "X: a\n\r\n",
                "X: a\u0000b\r\n",
                "X: \u007f\r\n",
                "X: a\r\r\n",
                "X: \u0001\r\n",
            })
    void badValuesAreRefused(String field) {
        assertEquals(
                Refusal.FIELD_VALUE,
                refusedEverywhere("GET / HTTP/1.1\r\n" + HOST + field + "\r\n"));
    }

    @Test
    void oneHostThatIsAnAuthorityIsAskedFor() {
        assertEquals(Refusal.NO_HOST, refusedEverywhere("GET / HTTP/1.1\r\n\r\n"));
        assertEquals(Refusal.NO_HOST, refusedEverywhere("GET / HTTP/1.1\r\nHost: \r\n\r\n"));
        assertEquals(Refusal.NO_HOST, refusedEverywhere("GET http://a/ HTTP/1.1\r\n\r\n"));
        assertEquals(Refusal.HOST, refusedEverywhere("GET / HTTP/1.1\r\n" + HOST + HOST + "\r\n"));
        for (String bad :
                new String[] {
                    "a b", "a/b", "u@a", "a:x", "[::1", "a:1:2", "a,b c", ":80", "[]", "a?"
                }) {
            assertEquals(
                    Refusal.HOST,
                    refusedEverywhere("GET / HTTP/1.1\r\nHost: " + bad + "\r\n\r\n"),
                    bad);
        }
        assertEquals(
                "GET http://[::1]:80 /",
                readEverywhere("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n").line());
        assertEquals("GET http:// /", readEverywhere("GET / HTTP/1.0\r\n\r\n").line());
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

    @Test
    void whatConcernsTheConnectionIsTakenOut() {
        ReadRequest read =
                readEverywhere(
                        "GET / HTTP/1.1\r\n"
                                + HOST
                                + "Connection: keep-alive, X-Mine\r\nConnection: TE\r\nX-Mine: 1\r\nX-Other: 2\r\n"
                                + "Keep-Alive: timeout=5\r\nProxy-Connection: close\r\nUpgrade: h2c\r\nTE: trailers\r\n\r\n");
        assertEquals("x-other: 2\nte: trailers", read.headers());
        assertNull(read.upgrade());
        assertTrue(read.keepAlive());
    }

    @Test
    void onlyTheGatewayRemovesWhatSaysWhereARequestComesFrom() {
        for (String name : new String[] {"X-Forwarded-For", "cookie", "Content-Length", "host"}) {
            assertEquals(
                    Refusal.CONNECTION,
                    refusedEverywhere(
                            "GET / HTTP/1.1\r\n"
                                    + HOST
                                    + "Connection: close, "
                                    + name
                                    + "\r\n\r\n"));
        }
    }

    @Test
    void aConnectionIsKeptAsItsVersionAndFieldsSay() {
        assertFalse(
                readEverywhere("GET / HTTP/1.1\r\nHost: a\r\nConnection: Close\r\n\r\n")
                        .keepAlive());
        assertFalse(
                readEverywhere("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, close\r\n\r\n")
                        .keepAlive());
        assertFalse(readEverywhere("GET / HTTP/1.0\r\nHost: a\r\n\r\n").keepAlive());
        assertTrue(
                readEverywhere("GET / HTTP/1.0\r\nHost: a\r\nConnection: Keep-Alive\r\n\r\n")
                        .keepAlive());
        assertNull(readEverywhere("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: x\r\n\r\n").upgrade());
    }

    @Test
    void limitsAreEnvoys() {
        String head = "GET / HTTP/1.1\r\n" + HOST;
        assertNull(ReadRequest.of(head + "X: y\r\n".repeat(99) + "\r\n", 1 << 20).refusal());
        assertEquals(
                Refusal.TOO_MANY_FIELDS,
                ReadRequest.of(head + "X: y\r\n".repeat(100) + "\r\n", 1 << 20).refusal());
        for (int cut : new int[] {1, 100, 4096, 1 << 20}) {
            String large = head + "X: " + "y".repeat(60 * 1024 - 40) + "\r\n\r\n";
            assertNull(ReadRequest.of(large, cut).refusal());
            String tooLarge = head + "X: " + "y".repeat(60 * 1024) + "\r\n\r\n";
            assertEquals(Refusal.HEAD_TOO_LARGE, ReadRequest.of(tooLarge, cut).refusal());
            String endless = "GET /" + "y".repeat(100 * 1024);
            assertEquals(Refusal.HEAD_TOO_LARGE, ReadRequest.of(endless, cut).refusal());
            String blank = head + "X:" + " ".repeat(100 * 1024);
            assertEquals(Refusal.HEAD_TOO_LARGE, ReadRequest.of(blank, cut).refusal());
        }
        assertEquals(431, Refusal.HEAD_TOO_LARGE.status());
    }

    @Test
    void namesThatShareAPlaceAreToldApart() {
        StringBuilder head = new StringBuilder("GET / HTTP/1.1\r\n" + HOST);
        for (int i = 0; i < 90; i++) {
            head.append("name-").append(i).append(": value-").append(i % 7).append("\r\n");
        }
        ReadRequest first = ReadRequest.of(head + "\r\n", 1 << 20);
        for (int i = 0; i < 90; i++) {
            assertTrue(first.headers().contains("name-" + i + ": value-" + i % 7));
        }
    }

    private static ReadRequest readEverywhere(String bytes) {
        ReadRequest whole = ReadRequest.of(bytes, bytes.length());
        assertNull(whole.refusal(), bytes);
        assertTrue(whole.complete(), bytes);
        for (int cut = 1; cut < bytes.length(); cut++) {
            assertEquals(whole, ReadRequest.cutAt(bytes, cut), "cut at " + cut);
        }
        assertEquals(whole, ReadRequest.of(bytes, 1));
        return whole;
    }

    private static Refusal refusedEverywhere(String bytes) {
        Refusal whole = ReadRequest.of(bytes, bytes.length()).refusal();
        for (int cut = 1; cut < bytes.length(); cut++) {
            assertEquals(whole, ReadRequest.cutAt(bytes, cut).refusal(), "cut at " + cut);
        }
        assertEquals(whole, ReadRequest.of(bytes, 1).refusal());
        return whole;
    }
}
