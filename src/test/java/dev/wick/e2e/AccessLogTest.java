package dev.wick.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Ports;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A line for every request, in Envoy's default format. */
class AccessLogTest {

    private static final Pattern LINE =
            Pattern.compile(
                    "\\[(?<start>\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z)] "
                            + "\"(?<method>\\S+) (?<path>\\S+) (?<protocol>\\S+)\" (?<status>\\d+) (?<flags>\\S+) "
                            + "(?<received>\\d+) (?<sent>\\d+) (?<duration>\\d+) (?<service>\\S+) "
                            + "\"(?<xff>[^\"]*)\" \"(?<agent>[^\"]*)\" \"(?<id>[^\"]*)\" \"(?<authority>[^\"]*)\" \"(?<upstream>[^\"]*)\"");

    private static final StoreApi STORE = Store.shared().gateway("log");

    @AutoClose private static Gateway gateway;
    @AutoClose private static final Upstream UPSTREAM = Upstream.echo();

    @BeforeAll
    static void start() {
        STORE.apply(
                Documents.listener()
                        + Documents.hostAndCluster("log", "log.test", UPSTREAM.port())
                        + Documents.hostAndCluster("dead", "dead.test", Ports.free()));
        gateway = Gateway.start(Store.shared(), "log");
    }

    private static Matcher line(String path) {
        String[] found = {""};
        await().until(
                        () -> {
                            gateway.process().lines().stream()
                                    .filter(line -> line.contains(" " + path + " "))
                                    .findFirst()
                                    .ifPresent(line -> found[0] = line);
                            return !found[0].isEmpty();
                        });
        Matcher matcher = LINE.matcher(found[0]);
        assertTrue(matcher.matches(), found[0]);
        return matcher;
    }

    @Test
    void a_proxied_request_is_logged_with_its_bytes_its_id_and_its_upstream() {
        try (Http1 client = Http1.open(gateway.port())) {
            client.request("POST", "log.test", "/proxied?x=1", "12345", "user-agent: test/1");
        }
        Matcher line = line("/proxied?x=1");

        assertEquals("POST", line.group("method"));
        assertEquals("HTTP/1.1", line.group("protocol"));
        assertEquals("200", line.group("status"));
        assertEquals("-", line.group("flags"));
        assertEquals("5", line.group("received"));
        assertEquals("5", line.group("sent"));
        assertTrue(line.group("service").matches("\\d+"), line.group("service"));
        assertEquals("test/1", line.group("agent"));
        assertEquals(UPSTREAM.last().field("x-request-id"), line.group("id"));
        assertEquals("log.test", line.group("authority"));
        assertEquals("127.0.0.1:" + UPSTREAM.port(), line.group("upstream"));
    }

    @Test
    void a_request_without_a_route_is_flagged_NR() {
        gateway.get("nobody.test", "/no-route");
        Matcher line = line("/no-route");

        assertEquals("404", line.group("status"));
        assertEquals("NR", line.group("flags"));
        assertEquals("-", line.group("upstream"));
        assertEquals("-", line.group("agent"));
    }

    @Test
    void a_failed_connection_is_flagged_UF() {
        gateway.get("dead.test", "/refused");
        Matcher line = line("/refused");

        assertEquals("503", line.group("status"));
        assertTrue(line.group("flags").startsWith("UF"), line.group("flags"));
    }

    @Test
    void what_a_client_sends_cannot_forge_a_line() {
        gateway.get("log.test", "/forged", "user-agent: a\" \"b\\");
        Matcher line = line("/forged");

        assertEquals("200", line.group("status"));
    }
}
