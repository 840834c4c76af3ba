package dev.wick.gateway.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.http.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the head of a request may look like, and what is refused, however its bytes are cut. */
class RequestParserTest extends RequestsRead {

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET http://b/x HTTP/1.1 | GET http://b /x",
                "GET HTTP://b:81 HTTP/1.1 | GET http://b:81 /",
                "GET http://b?q HTTP/1.1 | GET http://b /?q",
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
                "GET x",
                "GET x HTTP/2.0",
                "GET / HTTP/x.1",
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

    @ParameterizedTest
    @ValueSource(strings = {"GET /", "POST /x HTTP/1.2", "GET / HTTP/2.0", "GET / HTTP/0.9"})
    void otherVersionsAreToldToUpgrade(String line) {
        assertEquals(Refusal.VERSION, refusedEverywhere(line + "\r\n" + HOST + "\r\n"));
    }

    @Test
    void httpsIsNotAskedForInPlaintext() {
        String head = "GET HTTPS://a/x HTTP/1.1\r\n" + HOST + "\r\n";
        assertEquals(Refusal.SCHEME, refusedEverywhere(head));
    }

    @Test
    void aFragmentIsRefused() {
        assertEquals(Refusal.FRAGMENT, refusedEverywhere("GET /a#b HTTP/1.1\r\n" + HOST + "\r\n"));
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

    @Test
    void whatConcernsTheConnectionIsTakenOut() {
        ReadRequest read =
                readEverywhere(
                        "GET / HTTP/1.1\r\n"
                                + HOST
                                + "Connection: keep-alive, X-Mine\r\nConnection: TE\r\nX-Mine: 1\r\nX-Other: 2\r\n"
                                + "Keep-Alive: timeout=5\r\nProxy-Connection: close\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\nTE: trailers\r\n\r\n");
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

    @Test
    void anEmptyLineBeforeARequestIsNotItsBegin() {
        RequestParser parser = new RequestParser(new Workbench());
        RequestHead head = new RequestHead();
        for (String piece : new String[] {"\r\n", "\r", "\n\r\n"}) {
            assertFalse(parser.parse(Unpooled.copiedBuffer(piece, US_ASCII), head));
            assertFalse(parser.started(), piece);
        }
        assertFalse(parser.parse(Unpooled.copiedBuffer("\r\nG", US_ASCII), head));
        assertTrue(parser.started());
        ByteBuf rest = Unpooled.copiedBuffer("ET / HTTP/1.1\r\nHost: a\r\n\r\n", US_ASCII);
        assertTrue(parser.parse(rest, head));
        assertEquals("GET", head.method());
        assertFalse(parser.started());
    }

    @Test
    void emptyLinesWithoutEndAreRefused() {
        RequestParser parser = new RequestParser(new Workbench());
        for (int i = 0; i < 100 && parser.refusal() == null; i++) {
            parser.parse(Unpooled.copiedBuffer("\r\n".repeat(1_000), US_ASCII), new RequestHead());
        }
        assertEquals(Refusal.HEAD_TOO_LARGE, parser.refusal());
    }
}
