package dev.wick.gateway.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where an answer ends, and which answers are refused. */
class ResponseParserTest {

    private final ResponseParser parser = new ResponseParser(new Workbench());
    private final ResponseHead head = new ResponseHead();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 OK | Content-Length: 3 | false | abc",
                "200 OK | Transfer-Encoding: chunked | false | 3;abc",
                "200 | Content-Length: 3 | false | abc",
                "200 OK | X: y | false | abcdef",
                "200 OK | Content-Length: 3 | true | ''",
                "200 OK | Transfer-Encoding: chunked | true | ''",
                "304 Not Modified | Content-Length: 3 | false | ''",
                "204 No Content | Content-Length: 0 | false | ''",
                "599 Odd | Content-Length: 0 | false | ''",
                "600 Odd | Content-Length: 3 | false | abc",
                "999 Odd | Content-Length: 3 | false | abc",
            })
    void theBodyEndsWhereItsFramingSays(String status, String field, boolean toHead, String body) {
        boolean chunked = body.startsWith("3;");
        String sent = chunked ? "3\r\nabc\r\n0\r\n\r\n" : body.isEmpty() ? "abcdef" : "abcdef";
        ByteBuf in = bytes("HTTP/1.1 " + status + "\r\n" + field + "\r\n\r\n" + sent);
        assertTrue(parser.parse(in, head, toHead));
        StringBuilder read = new StringBuilder();
        for (ByteBuf part = parser.body().read(in); part != null; part = parser.body().read(in)) {
            read.append(part.toString(StandardCharsets.ISO_8859_1));
            part.release();
        }
        assertEquals(chunked ? "abc" : body, read.toString());
        assertEquals(field.equals("X: y"), parser.body().endsWithConnection());
        assertEquals(!field.equals("X: y"), parser.body().done());
        in.release();
    }

    @Test
    void anInterimAnswerIsFollowedByAnother() {
        ByteBuf in =
                bytes(
                        "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        assertTrue(parser.parse(in, head, false));
        assertEquals(103, head.status());
        assertTrue(parser.body().done());
        head.headers().clear();
        assertTrue(parser.parse(in, head, false));
        assertEquals(200, head.status());
        assertEquals("0", head.headers().get("content-length"));
        in.release();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 2000 OK\r\n",
                "HTTP/1.1 99 OK\r\n",
                "HTTP/1.1 099 OK\r\n",
                "HTTP/1.1 20x OK\r\n",
                "HTTP/1.1  200 OK\r\n",
                "HTTP/2.0 200 OK\r\n",
                "HTTP/1.2 200 OK\r\n",
                "HTTP/1.1 200\tOK\r\n",
                "HTTP/1.1 200 O\rK\r\n",
                "HTTP/1.1 200 OK\n",
                "\r\nHTTP/1.1 200 OK\r\n",
                "ICY 200 OK\r\n",
                "HTTP/1.1\r\n",
            })
    void badStatusLinesAreRefused(String line) {
        assertEquals(Refusal.STATUS_LINE, refusal(line + "Content-Length: 0\r\n\r\n"));
    }

    @Test
    void ambiguousFramingIsRefused() {
        String ok = "HTTP/1.1 200 OK\r\n";
        String length = "Content-Length: 1\r\n";
        String chunked = "Transfer-Encoding: chunked\r\n";
        assertEquals(Refusal.LENGTH_AND_CODING, refusal(ok + length + chunked + "\r\n"));
        assertEquals(Refusal.CONTENT_LENGTH, refusal(ok + length + length + "\r\n"));
        assertEquals(Refusal.CODING_NOT_ALLOWED, refusal("HTTP/1.1 204 x\r\n" + chunked + "\r\n"));
        assertEquals(Refusal.LENGTH_NOT_ALLOWED, refusal("HTTP/1.1 204 x\r\n" + length + "\r\n"));
        assertEquals(Refusal.LENGTH_NOT_ALLOWED, refusal("HTTP/1.1 100 x\r\n" + length + "\r\n"));
        assertEquals(Refusal.CODING_NOT_ALLOWED, refusal("HTTP/1.0 200 OK\r\n" + chunked + "\r\n"));
        assertEquals(
                Refusal.TRANSFER_ENCODING,
                refusal(ok + "Transfer-Encoding: gzip, chunked\r\n\r\n"));
    }

    @Test
    void aConnectionIsKeptAsTheAnswerSays() {
        assertTrue(kept("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        assertFalse(kept("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        assertFalse(kept("HTTP/1.1 200 OK\r\n\r\n"));
        assertFalse(kept("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"));
        assertTrue(kept("HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n"));
    }

    private boolean kept(String bytes) {
        ByteBuf in = bytes(bytes);
        head.headers().clear();
        assertTrue(parser.parse(in, head, false));
        in.release();
        return parser.keepAlive();
    }

    private static Refusal refusal(String bytes) {
        ResponseParser parser = new ResponseParser(new Workbench());
        ByteBuf in = bytes(bytes);
        assertFalse(parser.parse(in, new ResponseHead(), false));
        in.release();
        return parser.refusal();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }
}
