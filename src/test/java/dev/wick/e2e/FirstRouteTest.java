package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Child;
import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Folder;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Ports;
import dev.wick.e2e.harness.Reply;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * The walk: a store, an instance that starts with no configuration at all, a route pushed through
 * the API, traffic.
 */
class FirstRouteTest {

    private static final String FIRST_ROUTE =
            """
            kind: VirtualHost
            name: hello
            domains: [hello.localhost]
            routes:
              - match: {path: {prefix: /}}
                route: {cluster: hello}
            ---
            kind: Cluster
            name: hello
            endpoints: [{address: 127.0.0.1, port: 9000}]
            """;

    private final StoreApi store = Store.shared().gateway("first-route");

    @AutoClose private final Upstream upstream = Upstream.saying("hello, wick\n");
    @AutoClose private final Folder folder = Folder.temporary("first-route");

    @Test
    void traffic_flows_through_an_instance_that_started_with_no_configuration() {
        try (Gateway gateway = Gateway.start(Store.shared(), "first-route")) {
            store.apply(Documents.listener());
            store.apply(FIRST_ROUTE.replace("9000", Integer.toString(upstream.port())));

            Reply reply = gateway.get("hello.localhost:" + gateway.port(), "/greeting?who=me");

            assertEquals(200, reply.status(), reply::text);
            assertEquals("hello, wick\n", reply.text());
            assertEquals("/greeting?who=me", upstream.last().target());
        }
    }

    /** The upstream of the README. */
    @Test
    void the_web_server_of_the_jdk_is_routed_to() {
        folder.write("greeting.txt", "hello from a file\n");
        int port = Ports.free();
        StoreApi documents = Store.shared().gateway("jwebserver");
        try (Child server = jwebserver(port);
                Gateway gateway = Gateway.start(Store.shared(), "jwebserver")) {
            server.awaitLine("its URL", line -> line.startsWith("URL "));
            documents.apply(Documents.listener());
            documents.apply(FIRST_ROUTE.replace("9000", Integer.toString(port)));

            Reply file = gateway.get("hello.localhost", "/greeting.txt");
            Reply list = gateway.get("hello.localhost", "/");

            assertEquals("200 hello from a file\n", file.status() + " " + file.text());
            assertEquals(200, list.status(), list::text);
            assertTrue(list.text().contains("greeting.txt"), list::text);
        }
    }

    private Child jwebserver(int port) {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "jwebserver").toString(),
                        "-b",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-d",
                        folder.path().toString());
        return Child.start("jwebserver", command, Map.of(), folder.path());
    }
}
