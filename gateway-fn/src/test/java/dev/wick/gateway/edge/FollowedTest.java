package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.upstream.RawHost;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Redirects of a host that are followed, and what their targets are read as. */
class FollowedTest {

    private static final String YAML =
            """
            kind: Listener
            name: http
            port: 8080
            ---
            kind: VirtualHost
            name: x
            domains: [x.test]
            includeAttemptCountInResponse: true
            routes:
              - match: {path: {prefix: /two}}
                route: {cluster: two}
                responseHeaders: {set: [{name: x-route, value: two}]}
              - match: {path: {prefix: /}}
                route:
                  cluster: one
                  internalRedirectPolicy: {}
                  retryPolicy: {retryOn: 5xx}
            ---
            kind: Cluster
            name: one
            endpoints: [{address: 127.0.0.1, port: %d}]
            ---
            kind: Cluster
            name: two
            endpoints: [{address: 127.0.0.1, port: %d}]
            """;

    /** What the client gets where the first host redirects to this. */
    private static String followed(String location) throws Exception {
        try (RawHost one = redirecting(location);
                RawHost two = telling();
                RunningEdge edge = RunningEdge.with(YAML.formatted(one.port(), two.port()));
                RawClient client = new RawClient(edge.port())) {
            return client.get("/").response();
        }
    }

    private static RawHost redirecting(String location) throws IOException {
        return RawHost.answering(
                "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
    }

    /** Answers with the first line and the host of what it is asked. */
    private static RawHost telling() throws IOException {
        return new RawHost(
                peer -> {
                    String head = peer.readHead();
                    String host = head.lines().filter(l -> l.startsWith("host")).findFirst().get();
                    String body = head.substring(0, head.indexOf(" HTTP")) + ' ' + host;
                    peer.send(
                            "HTTP/1.1 200 OK\r\nContent-Length: "
                                    + body.length()
                                    + "\r\n\r\n"
                                    + body);
                    peer.readHead();
                });
    }

    private static void assertTold(String expected, String location) throws Exception {
        String answer = followed(location);
        assertEquals(expected, answer.substring(answer.indexOf("\r\n\r\n") + 4), answer);
    }

    @Test
    void aTargetIsReadAsAnyPathIs() throws Exception {
        assertTold("GET /two/a host: x.test", "http://x.test//two/./a");
        assertTold("GET /two?a=//b host: x.test", "http://x.test/no/../two?a=//b");
    }

    @Test
    void aTargetThatIsToBeAskedForOtherwiseIsForTheClientToAskFor() throws Exception {
        String answer = followed("http://x.test/%2ftwo/../two");
        assertTrue(answer.startsWith("HTTP/1.1 307 "), answer);
        assertTrue(answer.contains("\r\nlocation: /two\r\n"), answer);
        assertTrue(answer.contains("\r\nx-route: two\r\n"), answer);
        assertTrue(followed("http://x.test/two%00").startsWith("HTTP/1.1 400 "));
    }

    @Test
    void aSchemeIsOneInAnyCaseAndAUserIsNoPartOfTheHost() throws Exception {
        assertTold("GET /two host: x.test", "HTTP://x.test/two");
        assertTold("GET /two host: x.test", "http://user@x.test/two");
    }

    @Test
    void aTargetWithoutPathIsTheClients() throws Exception {
        String answer = followed("http://x.test?two");
        assertTrue(answer.startsWith("HTTP/1.1 302 "), answer);
        assertTrue(answer.contains("\r\nlocation: http://x.test?two\r\n"), answer);
    }

    @Test
    void aRedirectToAHostThatIsNotKnownTellsOfItsTries() throws Exception {
        String answer = followed("http://unknown.test/");
        assertTrue(answer.startsWith("HTTP/1.1 302 "), answer);
        assertTrue(answer.contains("\r\nx-envoy-attempt-count: 1\r\n"), answer);
    }
}
