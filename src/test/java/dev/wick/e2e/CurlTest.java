package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Exchange;
import dev.wick.e2e.harness.Folder;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Ports;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Tool;
import dev.wick.e2e.harness.Upstream;
import dev.wick.e2e.harness.WebSocketServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real curl: uploads and downloads, 100-continue, HTTP/1.0, HTTP/2 by prior knowledge. */
class CurlTest {

    private static final StoreApi STORE = Store.shared().gateway("curl");
    private static final byte[] LARGE = new byte[24 << 20];
    private static final String RANGED = "0123456789abcdef";
    private static final int OPEN = Ports.free();

    @AutoClose private static final Folder FOLDER = Folder.temporary("curl");
    @AutoClose private static final Upstream HOST = Upstream.answering(CurlTest::answer);
    @AutoClose private static final WebSocketServer SOCKETS = new WebSocketServer();
    @AutoClose private static Gateway gateway;
    private static Tool curl;
    private static Path large;

    @BeforeAll
    static void start() throws IOException {
        Tool found = Tool.require("curl", "curl");
        new Random(24).nextBytes(LARGE);
        large = Files.write(FOLDER.resolve("large"), LARGE);
        STORE.apply(
                Documents.listener()
                        + """
                        kind: Listener
                        name: open
                        address: 127.0.0.1
                        port: %d
                        http:
                          proxy100Continue: true
                          httpProtocolOptions: {acceptHttp10: true}
                          upgrades: [{type: websocket}]
                        ---
                        kind: VirtualHost
                        name: sockets
                        domains: [sockets.test]
                        routes: [{match: {path: {prefix: /}}, route: {cluster: sockets}}]
                        ---
                        """
                                .formatted(OPEN)
                        + Documents.cluster("sockets", SOCKETS.port())
                        + Documents.hostAndCluster("curl", "curl.test", HOST.port()));
        gateway = Gateway.start(Store.shared(), "curl");
        curl =
                found.with(
                        "--silent",
                        "--show-error",
                        "--max-time",
                        "60",
                        "--noproxy",
                        "*",
                        "--resolve",
                        "curl.test:" + gateway.port() + ":127.0.0.1",
                        "--resolve",
                        "curl.test:" + OPEN + ":127.0.0.1",
                        "--resolve",
                        "sockets.test:" + OPEN + ":127.0.0.1");
    }

    private static void answer(Exchange exchange) throws IOException {
        String path = exchange.request().target();
        switch (path) {
            case "/echo" -> bytes(exchange, "200 OK", exchange.body());
            case "/hash" -> exchange.reply(200, hash(exchange.body()));
            case "/large" -> bytes(exchange, "200 OK", LARGE);
            case "/range" -> range(exchange);
            case "/denied" -> {
                exchange.reply(401, "denied", "connection: close");
                exchange.end();
            }
            case "/unexpected" -> {
                exchange.reply(417, "", "connection: close");
                exchange.end();
            }
            case "/asked" -> {
                exchange.send("HTTP/1.1 100 Continue\r\n\r\n");
                exchange.reply(200, hash(exchange.body()));
            }
            default -> exchange.reply(200, path);
        }
    }

    private static void bytes(Exchange exchange, String status, byte[] body) throws IOException {
        exchange.send("HTTP/1.1 " + status + "\r\ncontent-length: " + body.length + "\r\n\r\n");
        exchange.send(body, exchange.request().method().equals("HEAD") ? 0 : body.length);
    }

    private static void range(Exchange exchange) throws IOException {
        String asked = exchange.request().field("range");
        if (asked == null) {
            exchange.reply(200, RANGED);
            return;
        }
        String[] ends = asked.substring("bytes=".length()).split("-");
        int from = Integer.parseInt(ends[0]);
        int to = Integer.parseInt(ends[1]);
        exchange.reply(
                206,
                RANGED.substring(from, to + 1),
                "content-range: bytes " + from + "-" + to + "/" + RANGED.length());
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String url(String path) {
        return "http://curl.test:" + gateway.port() + path;
    }

    private static String openUrl(String path) {
        return "http://curl.test:" + OPEN + path;
    }

    private static String file(String name, String text) throws IOException {
        return Files.writeString(FOLDER.resolve(name), text).toString();
    }

    @Test
    void a_file_is_uploaded_with_its_length() throws IOException {
        String file = file("small", "a small file");
        assertEquals("a small file", curl.run("--upload-file", file, url("/echo")).well().out());
        assertEquals("PUT", HOST.last().method());
        assertEquals("12", HOST.last().field("content-length"));
    }

    @Test
    void what_comes_from_a_pipe_is_uploaded_in_chunks() {
        byte[] piped = "piped, ".repeat(30_000).getBytes(StandardCharsets.US_ASCII);
        Tool.Ran ran = curl.run(piped, "--upload-file", "-", url("/hash"));
        assertEquals(hash(piped), ran.well().out());
        assertEquals("chunked", HOST.last().field("transfer-encoding"));
    }

    @Test
    void a_form_in_parts_arrives_as_it_was_filled_in() throws IOException {
        String file = file("part", "of a file");
        String form =
                curl.run("-F", "word=hello", "-F", "file=@" + file, url("/echo")).well().out();
        assertTrue(form.contains("name=\"word\"\r\n\r\nhello\r\n"), form);
        assertTrue(form.contains("filename=\"part\""), form);
        assertTrue(form.contains("\r\n\r\nof a file\r\n"), form);
        String type = "" + HOST.last().field("content-type");
        assertTrue(type.startsWith("multipart/form-data; boundary="), type);
    }

    @Test
    void a_large_file_arrives_whole_by_http_1_and_by_http_2() {
        for (String version : new String[] {"--http1.1", "--http2-prior-knowledge"}) {
            requireHttp2(version);
            Tool.Ran ran = curl.run(version, "--upload-file", large.toString(), url("/hash"));
            assertEquals(hash(LARGE), ran.well().out(), version);
        }
    }

    @Test
    void a_large_answer_arrives_whole_by_http_1_and_by_http_2() {
        for (String version : new String[] {"--http1.1", "--http2-prior-knowledge"}) {
            requireHttp2(version);
            Tool.Ran ran = curl.run(version, url("/large")).well();
            assertEquals(LARGE.length, ran.bytes().length, version);
            assertEquals(hash(LARGE), hash(ran.bytes()), version);
        }
    }

    @Test
    void prior_knowledge_is_http_2_from_the_first_byte() throws IOException {
        requireHttp2("--http2-prior-knowledge");
        String file = file("two", "by HTTP/2");
        Tool.Ran ran =
                curl.run(
                        "--http2-prior-knowledge",
                        "--write-out",
                        " by %{http_version}",
                        "--upload-file",
                        file,
                        url("/echo"));
        assertEquals("by HTTP/2 by 2", ran.well().out());
    }

    @Test
    void the_gateway_tells_who_expects_it_to_go_on() throws IOException {
        String file = file("expecting", "the body");
        Tool.Ran ran =
                curl.run(
                        "--verbose",
                        "--header",
                        "Expect: 100-continue",
                        "--expect100-timeout",
                        "30",
                        "--upload-file",
                        file,
                        url("/echo"));
        assertEquals("the body", ran.well().out());
        assertTrue(ran.errors().contains("< HTTP/1.1 100 Continue"), ran.errors());
        assertNull(HOST.last().field("expect"));
    }

    @Test
    void where_it_is_left_to_the_host_the_host_does() {
        Tool.Ran ran =
                curl.run(
                        "--verbose",
                        "--header",
                        "Expect: 100-continue",
                        "--expect100-timeout",
                        "30",
                        "--upload-file",
                        large.toString(),
                        openUrl("/asked"));
        assertEquals(hash(LARGE), ran.well().out());
        assertTrue(ran.errors().contains("< HTTP/1.1 100 Continue"), ran.errors());
        assertEquals("100-continue", HOST.last().field("expect"));
    }

    @Test
    void a_host_that_refuses_gets_no_body() {
        Tool.Ran ran =
                curl.run(
                        "--header",
                        "Expect: 100-continue",
                        "--expect100-timeout",
                        "30",
                        "--write-out",
                        " %{http_code} %{size_upload}",
                        "--upload-file",
                        large.toString(),
                        openUrl("/denied"));
        assertEquals("denied 401 0", ran.well().out());
    }

    /**
     * Of more than 1 MiB curl asks by itself whether it may send it. An answer before the end of
     * the request ends the connection, as Envoy has it, and on that curl does not ask again.
     */
    @Test
    void a_417_is_what_curl_gets() {
        int before = HOST.requests().size();
        Tool.Ran ran =
                curl.run(
                        "--http1.1",
                        "--expect100-timeout",
                        "30",
                        "--write-out",
                        "%{http_code} %{size_upload}",
                        "--upload-file",
                        large.toString(),
                        openUrl("/unexpected"));
        assertEquals("417 0", ran.well().out());
        assertEquals(before + 1, HOST.requests().size());
    }

    @Test
    void a_head_has_no_body_and_its_length() {
        String head = curl.run("--head", url("/large")).well().out();
        assertTrue(head.startsWith("HTTP/1.1 200 OK\r\n"), head);
        assertTrue(head.contains("\r\ncontent-length: " + LARGE.length + "\r\n"), head);
        assertTrue(head.endsWith("\r\n\r\n"), head);
    }

    @Test
    void a_range_is_the_hosts_to_cut() {
        Tool.Ran ran = curl.run("--range", "2-5", "--write-out", " %{http_code}", url("/range"));
        assertEquals("2345 206", ran.well().out());
    }

    @Test
    void several_urls_share_a_connection() {
        Tool.Ran ran =
                curl.run("--write-out", " %{num_connects}\n", url("/a"), url("/b"), url("/c"));
        assertEquals("/a 1\n/b 0\n/c 0\n", ran.well().out());
    }

    @Test
    void http_1_0_is_served_where_it_is_accepted() {
        Tool.Ran ran =
                curl.run(
                        "--http1.0",
                        "--write-out",
                        " %{http_code} %{http_version}",
                        openUrl("/old"));
        assertEquals("/old 200 1", ran.well().out());
        assertEquals(
                "426", curl.run("-0", "-w", "%{http_code}", "-o", "/dev/null", url("/")).out());
    }

    @Test
    void a_web_socket_opens_where_this_curl_has_them() {
        boolean has = curl.run("--version").out().lines().anyMatch(CurlTest::namesWebSocket);
        if (!has) {
            System.out.println("skipped: this curl has no WebSocket (8.11 and later have)");
            Assumptions.abort("no ws in curl");
        }
        Tool.Ran ran = curl.run("--verbose", "--max-time", "3", "ws://sockets.test:" + OPEN + "/");
        assertTrue(ran.errors().contains("< HTTP/1.1 101 Switching Protocols"), ran.errors());
    }

    /** Skips the rest, with a line that says why, where it was not built with {@code version}. */
    private static void requireHttp2(String version) {
        if (version.equals("--http1.1") || features().contains(" HTTP2 ")) {
            return;
        }
        System.out.println("skipped: this curl has no HTTP/2 (no HTTP2 among its features)");
        Assumptions.abort("no HTTP/2 in curl");
    }

    private static String features() {
        return curl.run("--version")
                .out()
                .lines()
                .filter(line -> line.startsWith("Features:"))
                .map(line -> line + " ")
                .collect(Collectors.joining());
    }

    private static boolean namesWebSocket(String line) {
        return line.startsWith("Protocols:") && (line + " ").contains(" ws ");
    }

    @Test
    void a_body_of_any_octets_comes_back_as_it_was() throws IOException {
        byte[] octets = new byte[70_000];
        new Random(7).nextBytes(octets);
        Path file = Files.write(FOLDER.resolve("octets"), octets);
        Tool.Ran ran = curl.run("--data-binary", "@" + file, url("/echo"));
        assertArrayEquals(octets, ran.well().bytes());
    }
}
