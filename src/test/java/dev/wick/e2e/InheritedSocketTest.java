package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Child;
import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Folder;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Inheriting;
import dev.wick.e2e.harness.Ports;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.Wick;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A listening socket that outlives instances: who connects while there is none is served by the
 * next.
 */
class InheritedSocketTest {

    private static final Store STORE = Store.shared();
    private static final String REQUEST = "GET / HTTP/1.1\r\nhost: kept.test\r\n\r\n";

    @BeforeAll
    static void configuration() {
        STORE.gateway("inherit")
                .apply(
                        listener("http")
                                + listener("second")
                                + Documents.saying("kept", "kept.test", "kept"));
    }

    private static String listener(String name) {
        return "kind: Listener\nname: %s\naddress: 127.0.0.1\nport: %d\n---\n"
                .formatted(name, Ports.free());
    }

    private static String text(int port) {
        return Http1.get(port, "kept.test", "/").text();
    }

    @Test
    void a_client_that_connects_while_no_instance_lives_is_answered_by_the_next_one() {
        try (Inheriting instances = Inheriting.bySystemd(STORE, "inherit", "http")) {
            ProcessHandle first = instances.next();
            assertEquals("kept", text(instances.port()));

            first.destroyForcibly();
            instances.awaitEnd(first);
            try (Http1 early = Http1.open(instances.port());
                    Http1 other = Http1.open(instances.port())) {
                early.send(REQUEST);
                other.send(REQUEST);
                ProcessHandle second = instances.next();
                assertEquals("kept", early.reply().text());
                assertEquals("kept", other.reply().text());

                second.destroy();
                instances.awaitEnd(second);
            }
            try (Http1 late = Http1.open(instances.port())) {
                late.send(REQUEST);
                instances.next();
                assertEquals("kept", late.reply().text());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"second", "wick-gateway.socket"})
    void a_socket_is_for_the_listener_of_its_name_or_for_http(String name) {
        try (Inheriting instances = Inheriting.bySystemd(STORE, "inherit", name)) {
            instances.next();

            assertEquals("kept", text(instances.port()));
            String listener = name.equals("second") ? "second" : "http";
            instances
                    .holder()
                    .awaitLine(
                            "where it listens",
                            line -> line.contains(listener + " on 127.0.0.1:" + instances.port()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Dx=epoll", "-Dio.netty.transport.noNative=true"})
    void inetd_hands_it_down_as_standard_input(String transport) {
        Map<String, String> environment = Map.of("JAVA_TOOL_OPTIONS", transport);
        try (Inheriting instances = Inheriting.byInetd(STORE, "inherit", environment)) {
            ProcessHandle first = instances.next();
            assertEquals("kept", text(instances.port()));
            assertEquals("kept", text(instances.port()));

            first.destroyForcibly();
            instances.awaitEnd(first);
            try (Http1 early = Http1.open(instances.port())) {
                early.send(REQUEST);
                instances.next();
                assertEquals("kept", early.reply().text());
            }
        }
    }

    @Test
    void what_is_no_listening_socket_is_a_sentence() {
        try (Folder folder = Folder.temporary("inherit");
                Child pipe =
                        Wick.command(
                                folder.path(),
                                Map.of("WICK_PARENT", ""),
                                "gateway",
                                "--http",
                                "fd@0")) {
            assertEquals(1, pipe.awaitEnd());
            assertTrue(
                    pipe.output().contains("fd@0: no socket (expected: a listening TCP socket)"),
                    pipe.output());
        }
    }
}
