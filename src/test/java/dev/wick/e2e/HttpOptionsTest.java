package dev.wick.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Field;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a listener's {@code http} says of HTTP/1, on the wire. */
class HttpOptionsTest {

    private static final StoreApi STORE = Store.shared().gateway("http-options");

    private static final String LISTENER =
            """
            kind: Listener
            name: http
            port: 8080
            http: %s
            ---
            """;

    @AutoClose private static Gateway gateway;

    @AutoClose
    private static final Upstream UPSTREAM =
            Upstream.answering(
                    exchange -> {
                        String target = exchange.request().target();
                        if (target.startsWith("/events")) {
                            events(exchange.stream(), exchange::send);
                        } else {
                            exchange.body();
                            exchange.reply(200, "hello");
                        }
                    });

    @BeforeAll
    static void start() {
        STORE.apply(
                LISTENER.formatted(
                                "{httpProtocolOptions: {acceptHttp10: true, enableTrailers: true}}")
                        + Documents.host("o", "options.test", "o")
                        + Documents.cluster("o", UPSTREAM.port())
                                .replace(
                                        "---",
                                        "explicitHttpConfig: {httpProtocolOptions: {enableTrailers: true}}"));
        gateway = Gateway.start(Store.shared(), "http-options");
    }

    private interface Sender {
        void send(String text) throws IOException;
    }

    /** Sends one event for each octet that comes, and ends. */
    private static void events(InputStream asked, Sender out) throws IOException {
        out.send(
                "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
                        + "transfer-encoding: chunked\r\n\r\n");
        int number = 0;
        while (asked.read() >= 0) {
            String event = "data: " + number++ + "\n\n";
            out.send(Integer.toHexString(event.length()) + "\r\n" + event + "\r\n");
        }
        out.send("0\r\nx-count: " + number + "\r\n\r\n");
    }

    @Test
    void http10_is_served_where_the_listener_accepts_it() {
        try (Http1 client = Http1.open(gateway.port())) {
            client.send("GET / HTTP/1.0\r\nhost: options.test\r\n\r\n");
            String answer = client.rest();
            assertTrue(answer.startsWith("HTTP/1.0 200 OK\r\n"), answer);
            assertTrue(answer.endsWith("\r\n\r\nhello"), answer);
        }
    }

    /** Each event is read before the next is asked for: none waits for another. */
    @Test
    void an_event_is_not_held_back_for_the_next() throws IOException {
        try (Http1 client = Http1.open(gateway.port())) {
            client.send(
                    "POST /events HTTP/1.1\r\nhost: options.test\r\n"
                            + "transfer-encoding: chunked\r\n\r\n");
            Http1.Head head = client.head();
            List<Field> trailers = new ArrayList<>();
            InputStream events = client.body(head, trailers);
            for (int i = 0; i < 50; i++) {
                client.send("1\r\n.\r\n");
                String event = "data: " + i + "\n\n";
                String read =
                        new String(events.readNBytes(event.length()), StandardCharsets.US_ASCII);
                assertEquals(event, read);
            }
            client.send("0\r\n\r\n");
            assertEquals(-1, events.read());
            assertEquals(List.of(new Field("x-count", "50")), trailers);
        }
    }

    @Test
    void a_change_of_options_holds_for_connections_to_come() {
        StoreApi store = Store.shared().gateway("http-options-change");
        store.apply(
                LISTENER.formatted("{}")
                        + Documents.hostAndCluster("o", "options.test", UPSTREAM.port()));
        try (Gateway changing = Gateway.start(Store.shared(), "http-options-change")) {
            assertEquals(426, http10(changing.port()));

            store.apply(LISTENER.formatted("{httpProtocolOptions: {acceptHttp10: true}}"));

            await().until(() -> http10(changing.port()) == 200);
            assertEquals("hello", changing.get("options.test", "/").text());
        }
    }

    private static int http10(int port) {
        try (Http1 client = Http1.open(port)) {
            client.send("GET / HTTP/1.0\r\nhost: options.test\r\n\r\n");
            return client.reply().status();
        }
    }

    @Test
    void limits_of_a_listener_hold() {
        StoreApi store = Store.shared().gateway("http-limits");
        String limits =
                "{requestHeadersTimeout: 300ms,"
                        + " commonHttpProtocolOptions: {maxHeadersCount: 3, maxRequestsPerConnection: 1}}";
        store.apply(
                LISTENER.formatted(limits)
                        + Documents.hostAndCluster("o", "options.test", UPSTREAM.port()));
        try (Gateway limited = Gateway.start(Store.shared(), "http-limits");
                Http1 slow = Http1.open(limited.port());
                Http1 once = Http1.open(limited.port())) {
            slow.send("GET / HTTP/1.1\r\nhost: opti");
            assertEquals(408, slow.reply().status());
            Reply reply = once.request("GET", "options.test", "/", "");
            assertEquals("hello", reply.text());
            assertEquals("close", reply.field("connection"));
            String[] many = {"a: 1", "b: 2", "c: 3"};
            assertEquals(431, limited.get("options.test", "/", many).status());
        }
    }
}
