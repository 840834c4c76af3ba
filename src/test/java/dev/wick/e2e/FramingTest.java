package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What two parties could read in two ways is refused, never forwarded. */
class FramingTest {

    private static final StoreApi STORE = Store.shared().gateway("framing");

    @AutoClose private static Gateway gateway;
    @AutoClose private static final Upstream UPSTREAM = Upstream.echo();

    @BeforeAll
    static void start() {
        STORE.apply(
                Documents.listener()
                        + Documents.hostAndCluster("f", "framing.test", UPSTREAM.port()));
        gateway = Gateway.start(Store.shared(), "framing");
        assertEquals(200, gateway.get("framing.test", "/").status());
    }

    static Stream<Arguments> ambiguous() {
        Map<String, String> heads = new TreeMap<>();
        heads.put(
                "both lengths", "content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n");
        heads.put("two different lengths", "content-length: 5\r\ncontent-length: 6\r\n\r\nhello!");
        heads.put("a list of lengths", "content-length: 5, 6\r\n\r\nhello!");
        heads.put("a signed length", "content-length: +5\r\n\r\nhello");
        heads.put("a negative length", "content-length: -5\r\n\r\nhello");
        heads.put("a hexadecimal length", "content-length: 0x5\r\n\r\nhello");
        heads.put("an empty length", "content-length: \r\n\r\n");
        heads.put("a length beyond 64 bits", "content-length: 99999999999999999999\r\n\r\n");
        heads.put("another coding", "transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n");
        heads.put("chunked not last", "transfer-encoding: chunked, gzip\r\n\r\n0\r\n\r\n");
        heads.put("chunked twice", "transfer-encoding: chunked, chunked\r\n\r\n0\r\n\r\n");
        heads.put("a misspelt coding", "transfer-encoding: xchunked\r\n\r\n0\r\n\r\n");
        heads.put("space before the colon", "transfer-encoding : chunked\r\n\r\n0\r\n\r\n");
        heads.put("a folded line", "x-a: 1\r\n folded\r\n\r\n");
        heads.put("a bare line feed", "x-a: 1\nx-b: 2\r\n\r\n");
        heads.put("a bare carriage return", "x-a: 1\rx-b: 2\r\n\r\n");
        heads.put("a NUL in a value", "x-a: 1\u0000\r\n\r\n");
        heads.put("a line without a colon", "x-a\r\n\r\n");
        heads.put("an empty name", ": 1\r\n\r\n");
        heads.put("two hosts", "host: other.test\r\n\r\n");
        heads.put("the same host twice", "host: framing.test\r\n\r\n");
        heads.put("a bad chunk size", "transfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n");
        heads.put(
                "an empty chunk size", "transfer-encoding: chunked\r\n\r\n\r\nhello\r\n0\r\n\r\n");
        heads.put(
                "a signed chunk size",
                "transfer-encoding: chunked\r\n\r\n+5\r\nhello\r\n0\r\n\r\n");
        heads.put("a hex prefix", "transfer-encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n");
        heads.put(
                "a chunk size beyond 64 bits",
                "transfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\nh\r\n0\r\n\r\n");
        heads.put(
                "a chunk ended by a bare line feed",
                "transfer-encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n");
        heads.put(
                "a chunk longer than it says",
                "transfer-encoding: chunked\r\n\r\n3\r\nhello\r\n0\r\n\r\n");
        return heads.entrySet().stream().map(head -> Arguments.of(head.getKey(), head.getValue()));
    }

    @ParameterizedTest(name = "{0} is refused")
    @MethodSource("ambiguous")
    void ambiguous_framing_is_refused(String name, String rest) {
        try (Http1 client = Http1.open(gateway.port())) {
            String path = "/" + name.replace(' ', '-');
            client.send("POST " + path + " HTTP/1.1\r\nhost: framing.test\r\n" + rest);
            Reply reply = client.reply("POST");

            boolean coding = rest.startsWith("transfer-encoding") && reply.status() == 501;
            assertTrue(reply.status() == 400 || coding, () -> reply.status() + " " + reply.text());
            assertTrue(client.ended(), "the connection cannot be trusted any more");
            // A head that is sound may be on its way before its body turns out not to be.
            if (!rest.startsWith("transfer-encoding: chunked\r\n\r\n")) {
                assertTrue(
                        UPSTREAM.requests().stream().noneMatch(r -> r.target().equals(path)),
                        "forwarded");
            }
        }
    }

    static List<String> badHeads() {
        return List.of(
                "GET / HTTP/1.1\r\n\r\n",
                "GET  / HTTP/1.1\r\nhost: framing.test\r\n\r\n",
                "GET /a b HTTP/1.1\r\nhost: framing.test\r\n\r\n",
                "GET / HTTP/1.1 \r\nhost: framing.test\r\n\r\n",
                "G@T / HTTP/1.1\r\nhost: framing.test\r\n\r\n",
                "GET / HTTP/9.1\r\nhost: framing.test\r\n\r\n",
                "GET / http/1.1\r\nhost: framing.test\r\n\r\n",
                "GET /\r\n\r\n",
                "GET / HTTP/1.1\nhost: framing.test\n\n",
                "GET / HTTP/1.1\r\n host: framing.test\r\n\r\n",
                "GET / HTTP/1.1\r\nhost: framing.test/x\r\n\r\n",
                "GET / HTTP/1.1\r\nhost: fram ing.test\r\n\r\n",
                "GET / HTTP/1.1\r\nhost: framing.test:port\r\n\r\n",
                "GET /\u0001 HTTP/1.1\r\nhost: framing.test\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("badHeads")
    void a_head_that_is_not_http_is_refused(String head) {
        int before = UPSTREAM.requests().size();
        try (Http1 client = Http1.open(gateway.port())) {
            client.send(head);
            int status = client.reply().status();

            assertTrue(status == 400 || status == 426 || status == 505, () -> "status " + status);
            assertEquals(before, UPSTREAM.requests().size());
        }
    }

    @Test
    void a_head_that_is_too_large_is_431() {
        try (Http1 client = Http1.open(gateway.port())) {
            client.send("GET / HTTP/1.1\r\nhost: framing.test\r\nx-large: " + "a".repeat(70_000));
            assertEquals(431, client.reply().status());
        }
    }

    @Test
    void a_body_that_was_refused_half_way_does_not_leave_a_half_request_for_the_next() {
        try (Http1 client = Http1.open(gateway.port())) {
            client.send(
                    "POST /half HTTP/1.1\r\nhost: framing.test\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n");
            client.rest();
        }
        try (Http1 client = Http1.open(gateway.port())) {
            assertEquals("whole", client.request("POST", "framing.test", "/whole", "whole").text());
        }
    }

    @Test
    void pipelined_requests_are_answered_in_order() {
        try (Http1 client = Http1.open(gateway.port())) {
            String post = "POST / HTTP/1.1\r\nhost: framing.test\r\ncontent-length: 1\r\n\r\n";
            client.send(post + "a" + post + "b" + post + "c");

            assertEquals("a", client.reply("POST").text());
            assertEquals("b", client.reply("POST").text());
            assertEquals("c", client.reply("POST").text());
        }
    }

    @Test
    void a_request_in_single_bytes_is_understood() {
        try (Http1 client = Http1.open(gateway.port())) {
            String request =
                    "POST /slow HTTP/1.1\r\nhost: framing.test\r\ntransfer-encoding: chunked\r\n\r\n"
                            + "5;ext=1\r\nhello\r\n0\r\n\r\n";
            for (char octet : request.toCharArray()) {
                client.send(String.valueOf(octet));
            }
            assertEquals("hello", client.reply("POST").text());
        }
    }

    static List<String> badAnswers() {
        return List.of(
                "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nhi!",
                "HTTP/1.1 200 OK\r\nx-a: 1\r\n folded\r\n\r\n",
                "HTTP/1.1 abc OK\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 20 OK\r\ncontent-length: 0\r\n\r\n",
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nname : value\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("badAnswers")
    void an_answer_that_could_be_read_in_two_ways_is_502(String answer) {
        try (Upstream wrong = Upstream.answering(exchange -> exchange.send(answer))) {
            STORE.apply(Documents.cluster("f", wrong.port()));
            try {
                org.awaitility.Awaitility.await()
                        .untilAsserted(
                                () -> assertEquals(502, gateway.get("framing.test", "/").status()));
            } finally {
                STORE.apply(Documents.cluster("f", UPSTREAM.port()));
                org.awaitility.Awaitility.await()
                        .untilAsserted(
                                () -> assertEquals(200, gateway.get("framing.test", "/").status()));
            }
        }
    }
}
