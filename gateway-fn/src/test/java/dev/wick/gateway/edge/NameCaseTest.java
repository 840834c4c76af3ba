package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.upstream.RawHost;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How names of headers are spelt with clients and with hosts. */
class NameCaseTest {

    private static final String KEPT = "{statefulFormatter: {preserveCase: {}}}";
    private static final String WORDS = "{properCaseWords: {}}";
    private static final String ASKS =
            "GET / HTTP/1.1\r\nHOST: x.test\r\nX-mIxEd: 1\r\nUser-Agent: a\r\n\r\n";
    private static final String ANSWERS =
            "HTTP/1.1 200 Fine With Me\r\nContent-LENGTH: 2\r\nX-Host-Says: b\r\nSERVER: c\r\n"
                    + "\r\nok";

    private static RunningEdge edge(int port, String ofClients, String ofHosts) throws Exception {
        return RunningEdge.to(
                port,
                ofClients.isEmpty()
                        ? "{}"
                        : "{httpProtocolOptions: {headerKeyFormat: " + ofClients + "}}",
                ofHosts.isEmpty()
                        ? ""
                        : "explicitHttpConfig: {httpProtocolOptions: {headerKeyFormat: "
                                + ofHosts
                                + "}}\n");
    }

    /** A host that keeps the head of its first request. */
    private static RawHost host(CompletableFuture<String> head) throws Exception {
        return new RawHost(
                peer -> {
                    String next = peer.readHead();
                    while (next != null) {
                        head.complete(next);
                        peer.send(ANSWERS);
                        next = peer.readHead();
                    }
                });
    }

    /** What the host got, and what the client got. */
    private static String[] both(String ofClients, String ofHosts, String asks) throws Exception {
        CompletableFuture<String> head = new CompletableFuture<>();
        try (RawHost host = host(head);
                RunningEdge edge = edge(host.port(), ofClients, ofHosts);
                RawClient client = new RawClient(edge.port())) {
            String answer = client.send(asks).response();
            return new String[] {head.get(10, TimeUnit.SECONDS), answer};
        }
    }

    @Test
    void namesAreInLowerCaseWhereNothingIsSaid() throws Exception {
        String[] heads = both("", "", ASKS);
        assertTrue(heads[0].contains("\r\nhost: x.test\r\nx-mixed: 1\r\n"), heads[0]);
        assertTrue(heads[1].contains("\r\nx-host-says: b\r\n"), heads[1]);
        assertTrue(heads[1].startsWith("HTTP/1.1 200 OK\r\n"), heads[1]);
    }

    @Test
    void namesOfRequestsGoOnAsTheyCame() throws Exception {
        String[] heads = both(KEPT, "", ASKS);
        assertTrue(
                heads[0].contains("\r\nHOST: x.test\r\nX-mIxEd: 1\r\nUser-Agent: a\r\n"), heads[0]);
        assertTrue(heads[0].contains("\r\nx-forwarded-proto: http\r\n"), heads[0]);
        assertTrue(heads[1].contains("\r\nx-host-says: b\r\n"), heads[1]);
    }

    @Test
    void namesOfAnswersGoOnAsTheyCame() throws Exception {
        String[] heads = both("", KEPT, ASKS);
        assertTrue(heads[0].contains("\r\nx-mixed: 1\r\n"), heads[0]);
        assertTrue(heads[1].contains("\r\nContent-LENGTH: 2\r\n"), heads[1]);
        assertTrue(heads[1].contains("\r\nX-Host-Says: b\r\n"), heads[1]);
        assertTrue(heads[1].contains("\r\nSERVER: wick\r\n"), heads[1]);
        assertTrue(heads[1].contains("\r\ndate: "), heads[1]);
        assertTrue(heads[1].startsWith("HTTP/1.1 200 OK\r\n"), heads[1]);
    }

    @Test
    void namesThatWereAddedMayHaveCapitals() throws Exception {
        String added =
                "{statefulFormatter: {preserveCase: {formatterTypeOnEnvoyHeaders: PROPER_CASE}}}";
        String[] heads = both(added, added, ASKS);
        assertTrue(heads[0].contains("\r\nX-mIxEd: 1\r\n"), heads[0]);
        assertTrue(heads[0].contains("\r\nX-Forwarded-Proto: http\r\n"), heads[0]);
        assertTrue(heads[1].contains("\r\nX-Envoy-Upstream-Service-Time: "), heads[1]);
    }

    @Test
    void theReasonPhraseGoesOnWhereItIsAsked() throws Exception {
        String reason = "{statefulFormatter: {preserveCase: {forwardReasonPhrase: true}}}";
        assertTrue(both("", reason, ASKS)[1].startsWith("HTTP/1.1 200 Fine With Me\r\n"));
    }

    @Test
    void theFirstSpellingOfANameCounts() throws Exception {
        String asks = "GET / HTTP/1.1\r\nHost: x.test\r\nX-One: 1\r\nx-oNE: 2\r\n\r\n";
        String head = both(KEPT, "", asks)[0];
        assertTrue(head.contains("\r\nX-One: 1\r\nX-One: 2\r\n"), head);
    }

    @Test
    void wordsBeginWithCapitals() throws Exception {
        String asks = "GET / HTTP/1.1\r\nhost: x.test\r\nx-a1b-2c.d: 1\r\n\r\n";
        String[] heads = both(WORDS, WORDS, asks);
        assertTrue(heads[0].contains("\r\nHost: x.test\r\nX-A1b-2c.D: 1\r\n"), heads[0]);
        assertTrue(heads[0].contains("\r\nX-Forwarded-Proto: http\r\n"), heads[0]);
        assertTrue(heads[1].contains("\r\nContent-Length: 2\r\nX-Host-Says: b\r\n"), heads[1]);
        assertTrue(heads[1].contains("\r\nServer: wick\r\n"), heads[1]);
    }

    @Test
    void whatTheGatewayWritesItselfIsSpeltToo() throws Exception {
        String asks =
                "POST / HTTP/1.1\r\nHost: x.test\r\nTRANSFER-Encoding: chunked\r\n"
                        + "Connection: close\r\n\r\n0\r\n\r\n";
        assertTrue(both(KEPT, "", asks)[0].contains("\r\nTRANSFER-Encoding: chunked\r\n"));
        assertTrue(both(WORDS, WORDS, asks)[0].contains("\r\nTransfer-Encoding: chunked\r\n"));
        try (RunningEdge edge = edge(1, WORDS, "");
                RawClient client = new RawClient(edge.port())) {
            String answer =
                    client.send("GET / HTTP/1.1\r\nHost: none\r\nConnection: close\r\n\r\n").rest();
            assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
        }
    }

    @Test
    void whatWasLearntOfOneRequestIsNotKnownInTheNext() throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> second = new CompletableFuture<>();
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    first.complete(peer.readHead());
                                    peer.send(ANSWERS);
                                    second.complete(peer.readHead());
                                    peer.send("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
                                });
                RunningEdge edge = edge(host.port(), KEPT, KEPT);
                RawClient client = new RawClient(edge.port())) {
            assertTrue(client.send(ASKS).response().contains("Content-LENGTH: 2"));
            String asks = "GET / HTTP/1.1\r\nhost: x.test\r\nuser-agent: a\r\n\r\n";
            String answer = client.send(asks).response();
            assertTrue(answer.contains("\r\ncontent-length: 0\r\n"), answer);
            String head = second.get(10, TimeUnit.SECONDS);
            assertTrue(head.contains("\r\nhost: x.test\r\nuser-agent: a\r\n"), head);
        }
    }

    @Test
    void http2HasNoCase() throws Exception {
        CompletableFuture<String> head = new CompletableFuture<>();
        try (RawHost host = host(head);
                RunningEdge edge = edge(host.port(), KEPT, WORDS);
                RawHttp2Client client = new RawHttp2Client(edge.port())) {
            client.get(1, "/", "x-mine", "1");
            assertEquals("b", client.answer(1).headers.get("x-host-says"));
            String came = head.get(10, TimeUnit.SECONDS);
            assertTrue(came.contains("\r\nX-Mine: 1\r\n"), came);
            assertFalse(came.contains("x-mine"), came);
        }
    }
}
