package dev.wick.gateway.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InheritedTest {

    private static final String OWN = Long.toString(ProcessHandle.current().pid());

    private static Settings read(String pid, String fds, String names, String... arguments) {
        Map<String, String> environment = new HashMap<>();
        environment.put("LISTEN_PID", pid);
        environment.put("LISTEN_FDS", fds);
        environment.put("LISTEN_FDNAMES", names);
        environment.put("PORT", "8080");
        return Settings.read(arguments, environment::get);
    }

    private static String refusal(String fds, String names, String... arguments) {
        return assertThrows(IllegalArgumentException.class, () -> read(OWN, fds, names, arguments))
                .getMessage();
    }

    @Test
    void socketsAreForTheListenersOfTheirNames() {
        Settings settings = read(OWN, "3", "b:wick.socket:a", "--listen", "c=1");

        assertEquals(Map.of("b", 3, "http", 4, "a", 5), settings.inherited());
        assertEquals(1, settings.ports().size(), "PORT gives way to the socket");
    }

    @Test
    void aSocketWithoutANameIsForHttp() {
        assertEquals(Map.of("http", 3), read(OWN, "1", null).inherited());
        assertEquals(Map.of("http", 3), read(OWN, "1", "").inherited());
        assertEquals(Map.of("http", 3), read(OWN, "1", "unknown").inherited());
    }

    @Test
    void thoseOfAnotherProcessAreNotOurs() {
        assertEquals(Map.of(), read("1", "1", null).inherited());
        assertEquals(Map.of(), read(null, "1", null).inherited());
        assertEquals(Map.of(), read(OWN, "0", null).inherited());
        assertEquals(8080, read("1", "1", null).ports().get("http").getPort());
    }

    @Test
    void whatCanNotBeMeantIsRefused() {
        assertTrue(refusal("two", null).startsWith("LISTEN_FDS: two (expected: 0-"));
        assertTrue(refusal("-1", null).startsWith("LISTEN_FDS: -1 (expected: 0-"));
        assertTrue(refusal("2", "a").startsWith("LISTEN_FDNAMES: a (expected: 2 names"));
        assertTrue(refusal("1", "a:b").startsWith("LISTEN_FDNAMES: a:b (expected: 1 names"));
        assertTrue(
                refusal("2", "x.socket:x.socket")
                        .startsWith("LISTEN_FDNAMES: two sockets for the listener http"));
        assertTrue(refusal("1", null, "--http", "80").startsWith("--http: 80 (expected: nothing"));
        assertTrue(refusal("1", "a", "--listen", "a=80").startsWith("--listen a: 80 (expected"));
    }

    @Test
    void aDescriptorMayStandInPlaceOfAnAddress() {
        Settings settings = read(null, null, null, "--http", "fd@0", "--listen", "a=fd@4,b=80");

        assertEquals(Map.of("http", 0, "a", 4), settings.inherited());
        assertEquals(80, settings.ports().get("b").getPort());
        assertEquals(
                "--listen: fd@3 (expected: a descriptor that no other listener has)",
                refusal("0", null, "--http", "fd@3", "--listen", "x=fd@3"));
        assertTrue(refusal("0", null, "--http", "fd@1").contains("expected: fd@N, N 0 or 3"));
        assertTrue(refusal("0", null, "--http", "fd@x").contains("expected: fd@N, N 0 or 3"));
        assertTrue(
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        Settings.read(
                                                new String[] {"--http=fd@0"},
                                                Map.of("WICK_PARENT", "stdin")::get))
                        .getMessage()
                        .startsWith("WICK_PARENT: stdin (expected"));
    }
}
