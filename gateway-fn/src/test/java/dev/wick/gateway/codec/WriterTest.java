package dev.wick.gateway.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import dev.wick.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What goes over the wire. */
class WriterTest {

    private final HeadWriter writer = new HeadWriter(new Workbench());
    private final BodyWriter body = new BodyWriter();
    private final StringBuilder wire = new StringBuilder();

    @Test
    void aRequestWithoutABodySaysSoWhereItsMethodCouldHaveOne() {
        assertEquals("GET /a HTTP/1.1\r\nhost: h\r\n\r\n", request("GET", true));
        assertEquals(
                "POST /a HTTP/1.1\r\nhost: h\r\ncontent-length: 0\r\n\r\n", request("POST", true));
        assertEquals("DELETE /a HTTP/1.1\r\nhost: h\r\n\r\n", request("DELETE", true));
    }

    @Test
    void aBodyIsFramedByItsLengthElseByChunks() {
        String head = request("POST", false, "x", "y", "content-length", "5");
        assertEquals("POST /a HTTP/1.1\r\nhost: h\r\nx: y\r\ncontent-length: 5\r\n\r\n", head);
        assertTrue(write("hello"));
        assertTrue(body.end(null, this::take));
        assertEquals("hello", wire.toString());

        wire.setLength(0);
        head = request("GET", false);
        assertEquals("GET /a HTTP/1.1\r\nhost: h\r\ntransfer-encoding: chunked\r\n\r\n", head);
        assertTrue(write("hello, world"));
        assertTrue(write(""));
        assertTrue(write("x".repeat(5000)));
        assertTrue(body.end(null, this::take));
        assertEquals(
                "c\r\nhello, world\r\n1388\r\n" + "x".repeat(5000) + "\r\n0\r\n\r\n",
                wire.toString());
    }

    @Test
    void aBodyIsHeldToItsLength() {
        request("POST", false, "content-length", "5");
        assertFalse(write("hello!"));
        assertEquals("", wire.toString());
        request("POST", false, "content-length", "5");
        assertTrue(write("hell"));
        assertFalse(body.end(null, this::take));
    }

    @Test
    void trailersFollowTheLastChunk() {
        request("POST", false);
        Headers trailers = new Headers();
        trailers.add("a", "b");
        trailers.add("c", "d");
        trailers.add("content-length", "7");
        trailers.add("host", "other");
        body.end(trailers, this::take);
        assertEquals("0\r\na: b\r\nc: d\r\n\r\n", wire.toString());
    }

    @Test
    void aResponseIsFramedForItsStatusAndVersion() {
        assertEquals(
                "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n",
                response(200, true, false, 1, true));
        assertEquals(
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
                response(200, false, false, 1, true));
        assertEquals(
                "HTTP/1.1 200 OK\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n",
                response(200, true, true, 1, false));
        assertEquals("HTTP/1.1 204 No Content\r\n\r\n", response(204, true, false, 1, true));
        assertEquals("HTTP/1.1 304 Not Modified\r\n\r\n", response(304, true, false, 1, true));
        assertEquals("HTTP/1.1 100 Continue\r\n\r\n", response(100, true, false, 1, false));
        assertEquals(
                "HTTP/1.0 200 OK\r\nconnection: close\r\n\r\n",
                response(200, false, false, 0, true));
        assertTrue(body.endsWithConnection());
        assertEquals(
                "HTTP/1.0 404 Not Found\r\nconnection: keep-alive\r\ncontent-length: 0\r\n\r\n",
                response(404, true, false, 0, true));
        assertEquals(
                "HTTP/1.1 599 Unknown\r\ncontent-length: 0\r\n\r\n",
                response(599, true, false, 1, true));
    }

    private String request(String method, boolean end, String... fields) {
        RequestHead head = new RequestHead();
        head.method(method);
        head.authority("h");
        head.path("/a");
        for (int i = 0; i < fields.length; i += 2) {
            head.headers().add(fields[i], fields[i + 1]);
        }
        return text(writer.request(UnpooledByteBufAllocator.DEFAULT, head, body, end));
    }

    private String response(int status, boolean end, boolean toHead, int minor, boolean keepAlive) {
        return text(
                writer.response(
                        UnpooledByteBufAllocator.DEFAULT,
                        new ResponseHead(status),
                        body,
                        end,
                        toHead,
                        minor,
                        keepAlive));
    }

    private boolean write(String data) {
        ByteBuf bytes = Unpooled.copiedBuffer(data, StandardCharsets.ISO_8859_1);
        return body.write(bytes, UnpooledByteBufAllocator.DEFAULT, this::take);
    }

    private void take(ByteBuf bytes) {
        wire.append(text(bytes));
    }

    private static String text(ByteBuf bytes) {
        String text = bytes.toString(StandardCharsets.ISO_8859_1);
        bytes.release();
        return text;
    }
}
