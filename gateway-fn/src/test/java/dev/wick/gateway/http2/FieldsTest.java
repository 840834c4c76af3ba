package dev.wick.gateway.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.codec.Workbench;
import dev.wick.http.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is decoded into, through Netty's codec and back. */
class FieldsTest {

    private final RequestFields request = new RequestFields();
    private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
    private final FieldsDecoder decoder = new FieldsDecoder(request, 60 * 1024);

    private void decode(String... fields) throws Exception {
        Http2Headers headers = new DefaultHttp2Headers(false);
        for (int i = 0; i < fields.length; i += 2) {
            headers.add(fields[i], fields[i + 1]);
        }
        ByteBuf block = Unpooled.buffer();
        encoder.encodeHeaders(1, headers, block);
        assertSame(request, decoder.decodeHeaders(1, block));
    }

    private void decodeGet(String... more) throws Exception {
        String[] all = new String[8 + more.length];
        String[] pseudo = {
            ":method", "GET", ":scheme", "http", ":path", "/a", ":authority", "x.test"
        };
        System.arraycopy(pseudo, 0, all, 0, 8);
        System.arraycopy(more, 0, all, 8, more.length);
        decode(all);
    }

    @Test
    void aHeadIsReadAndTheNextOneHasNothingOfIt() throws Exception {
        decodeGet("a", "1", "cookie", "x=1", "cookie", "y=2");
        assertTrue(request.sound());
        assertFalse(request.withoutPseudo());
        assertEquals("GET", request.method());
        assertEquals("http", request.scheme());
        assertEquals("/a", request.path());
        assertEquals("x.test", request.authority());
        assertEquals(List.of("a: 1", "cookie: x=1; y=2"), lines(request.headers()));
        decode("b", "2");
        assertTrue(request.sound());
        assertTrue(request.withoutPseudo());
        assertEquals("", request.method() + request.scheme() + request.path());
        assertEquals(List.of("b: 2"), lines(request.headers()));
    }

    private static List<String> lines(Headers headers) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < headers.size(); i++) {
            lines.add(headers.name(i) + ": " + headers.value(i));
        }
        return lines;
    }

    @Test
    void thousandsOfCrumbsAreOneCookieInTheirOrderAtTheFirstOnesPlace() throws Exception {
        List<String> fields = new ArrayList<>();
        StringBuilder whole = new StringBuilder();
        for (int i = 0; i < 1_300; i++) {
            fields.addAll(List.of("cookie", "c" + i));
            whole.append(i == 0 ? "" : "; ").append('c').append(i);
        }
        fields.addAll(4, List.of("a", "1"));
        decode(fields.toArray(new String[0]));
        assertEquals(List.of("cookie: " + whole, "a: 1"), lines(request.headers()));
        assertEquals(List.of("cookie: " + whole, "a: 1"), lines(request.headers()));
        decode("cookie", "only");
        assertEquals(List.of("cookie: only"), lines(request.headers()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upper=1",
                "a b=1",
                "=1",
                "a= 1",
                "a=1\t",
                "a=\r\n",
                "a=\u0000",
                "a=\u007f",
                "connection=close",
                "keep-alive=1",
                "proxy-connection=1",
                "transfer-encoding=chunked",
                "upgrade=h2c",
                "http2-settings=a",
                "te=gzip",
                ":path=/again",
                ":status=200",
                ":unknown=1"
            })
    void fieldsThatMayNotBeMakeAHeadUnsound(String field) throws Exception {
        int equals = field.indexOf('=');
        decodeGet(field.substring(0, equals), field.substring(equals + 1));
        assertFalse(request.sound());
        decodeGet();
        assertTrue(request.sound());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":method= ",
                ":scheme=ftp",
                ":path=",
                ":path=/a b",
                ":path=/a#b",
                ":path=/\u00e9",
                ":protocol=a b",
                ":protocol="
            })
    void pseudoFieldsThatAreNoneMakeAHeadUnsound(String field) throws Exception {
        int equals = field.indexOf('=');
        decode(field.substring(0, equals), field.substring(equals + 1));
        assertFalse(request.sound());
    }

    @ParameterizedTest
    @ValueSource(strings = {":method", ":scheme", ":path", ":authority", ":protocol"})
    void pseudoFieldsComeOnceAndFirst(String name) throws Exception {
        String value = name.equals(":path") ? "/" : name.equals(":scheme") ? "http" : "a";
        decode(name, value);
        assertTrue(request.sound());
        decode(name, value, name, value);
        assertFalse(request.sound());
        request.cleared().add("a", "1").add(name, value);
        assertFalse(request.sound());
    }

    @Test
    void lengthsAreToldToTheCodecAndSaidAsItHasUnderstoodThem() throws Exception {
        decodeGet("content-length", "007", "content-length", "7");
        assertEquals(2, request.getAll("content-length").size());
        assertEquals(List.of(), request.getAll("content-type"));
        request.setLong("content-length", 7);
        assertEquals(List.of("content-length: 7"), lines(request.headers()));
    }

    @Test
    void ofAResponseTheStatusIsFirstAndOneOfHttp() {
        ResponseFields response = new ResponseFields();
        response.add(":status", "204");
        response.add("a", "1");
        assertTrue(response.sound());
        assertEquals(204, response.code());
        assertEquals(2, response.size());
        for (String wrong : List.of("", "20", "2000", "099", "2x0", "+20")) {
            response.cleared().add(":status", wrong);
            assertFalse(response.sound(), wrong);
        }
        for (String odd : List.of("600", "999")) {
            response.cleared().add(":status", odd);
            assertTrue(response.sound(), odd);
            assertEquals(Integer.parseInt(odd), response.code());
        }
        response.cleared().add("a", "1").add(":status", "200");
        assertFalse(response.sound());
        response.cleared().add("content-length", "1").add("content-length", "1");
        assertFalse(response.sound());
        response.cleared().add("content-length", "1a");
        assertFalse(response.sound());
    }

    @Test
    void ofAResponseThereAreAHundredFields() {
        ResponseFields response = new ResponseFields();
        response.add(":status", "200");
        for (int i = 0; i < 100; i++) {
            response.add("a", "1");
        }
        assertTrue(response.sound());
        response.add("a", "1");
        assertFalse(response.sound());
    }

    @Test
    void whatIsWrittenIsWhatIsRead() throws Exception {
        Headers headers = new Headers();
        headers.add("a", "1");
        WrittenFields written = new WrittenFields(new Workbench().texts());
        assertEquals(List.of(":status=404", "a=1"), read(written.response(404, headers)));
        assertEquals("404", String.valueOf(written.status()));
        assertEquals(List.of("a=1"), read(written.trailers(headers)));
        assertEquals(1, written.size());
        assertNull(written.status());
    }

    @Test
    void whatFramesOrRoutesDoesNotFollowABody() {
        Headers headers = new Headers();
        headers.add("content-length", "5");
        headers.add("host", "other.test");
        headers.add("a", "1");
        WrittenFields written = new WrittenFields(new Workbench().texts());
        assertEquals(List.of("a=1"), read(written.trailers(headers)));
    }

    private static List<String> read(Http2Headers fields) {
        List<String> read = new ArrayList<>();
        for (Map.Entry<CharSequence, CharSequence> field : fields) {
            read.add(field.getKey() + "=" + field.getValue());
        }
        return read;
    }
}
