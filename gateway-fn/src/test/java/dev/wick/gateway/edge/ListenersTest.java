package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.upstream.RawHost;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Ports that open and close as the listener set says. */
class ListenersTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static final String DIRECT =
            """
            kind: VirtualHost
            name: x
            domains: [x.test]
            routes:
              - match: {path: {prefix: /}}
                directResponse: {status: 200, body: hi}
            """;

    private static ListenerSettings listener(String name, int port) {
        return new ListenerSettings(name, "127.0.0.1", port, "");
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private static void await(Listeners listeners, String name, ListenerState.State state)
            throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (listeners.states().stream()
                .noneMatch(each -> each.name().equals(name) && each.state() == state)) {
            assertTrue(System.nanoTime() < end, listeners.states().toString());
            Thread.sleep(10);
        }
    }

    @Test
    void whatConnectsBeforeTheListenerIsKnownWaitsForIt() throws Exception {
        try (RunningEdge edge = RunningEdge.waiting(DIRECT);
                RawClient client = new RawClient(edge.port());
                RawHttp2Client http2 = new RawHttp2Client(edge.port())) {
            assertEquals(ListenerState.State.WAITING, edge.listeners.states().get(0).state());
            client.get("/");
            http2.get(1, "/");
            assertTrue(client.silent());
            edge.know();
            assertTrue(client.response().endsWith("hi"));
            assertEquals("hi", http2.answer(1).body.toString());
            await(edge.listeners, "http", ListenerState.State.OPEN);
        }
    }

    @Test
    void whereTheListenerSetCannotBeHadRequestsAreToldSo() throws Exception {
        try (RunningEdge edge = RunningEdge.waiting(DIRECT)) {
            try (RawClient client = new RawClient(edge.port())) {
                client.get("/");
                edge.listeners.unknown();
                String response = client.response();
                assertTrue(response.startsWith("HTTP/1.1 503 "), response);
                assertTrue(response.endsWith("configuration_unavailable"), response);
                edge.know();
                assertEquals("", client.rest());
            }
            try (RawClient client = new RawClient(edge.port())) {
                assertTrue(client.get("/").response().endsWith("hi"));
            }
        }
    }

    /** Its hosts may be known well, but not what it asks of clients. */
    @Test
    void aListenerThatIsNoMoreServesNothing() throws Exception {
        try (RunningEdge edge = RunningEdge.with(DIRECT)) {
            try (RawClient client = new RawClient(edge.port())) {
                assertTrue(client.get("/").response().endsWith("hi"));
            }
            edge.listeners.apply(List.of());
            edge.listeners.unknown();
            try (RawClient client = new RawClient(edge.port())) {
                String response = client.get("/").response();
                assertTrue(response.endsWith("configuration_unavailable"), response);
            }
            assertEquals(ListenerState.State.WAITING, edge.listeners.states().get(0).state());
        }
    }

    @Test
    void listenersComeAndGoWithoutTouchingTheOthersConnections() throws Exception {
        try (RunningEdge edge = RunningEdge.with(DIRECT);
                RawClient client = new RawClient(edge.port())) {
            assertTrue(client.get("/").response().endsWith("hi"));
            int second = freePort();
            edge.listeners.apply(List.of(listener("http", 8080), listener("other", second)));
            await(edge.listeners, "other", ListenerState.State.OPEN);
            RawClient other = new RawClient(second);
            assertTrue(other.get("/").response().endsWith("hi"));
            edge.listeners.apply(List.of(listener("http", 8080)));
            assertEquals("", other.rest());
            other.close();
            awaitRefused(second);
            assertTrue(client.get("/").response().endsWith("hi"));
        }
    }

    /** A port is closed on its own loop, a moment after its connections. */
    private static void awaitRefused(int port) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < end) {
            try {
                new RawClient(port).close();
                Thread.sleep(5); // before it is asked again
            } catch (ConnectException refused) {
                return;
            }
        }
        Assertions.fail("the port is still open");
    }

    @Test
    void aGivenPortStaysOpenWhileItsListenerIsGone() throws Exception {
        try (RunningEdge edge = RunningEdge.with(DIRECT);
                RawClient before = new RawClient(edge.port())) {
            assertTrue(before.get("/").response().endsWith("hi"));
            edge.listeners.apply(List.of());
            assertEquals("", before.rest());
            try (RawClient waiting = new RawClient(edge.port())) {
                waiting.get("/");
                edge.listeners.apply(List.of());
                assertTrue(waiting.silent());
                edge.know();
                assertTrue(waiting.response().endsWith("hi"));
            }
        }
    }

    @Test
    void anAddressThatChangesMovesThePort() throws Exception {
        try (RunningEdge edge = RunningEdge.with(DIRECT)) {
            int before = freePort();
            edge.listeners.apply(List.of(listener("http", 8080), listener("other", before)));
            await(edge.listeners, "other", ListenerState.State.OPEN);
            int after = freePort();
            edge.listeners.apply(List.of(listener("http", 8080), listener("other", after)));
            await(edge.listeners, "other", ListenerState.State.OPEN);
            try (RawClient client = new RawClient(after)) {
                assertTrue(client.get("/").response().endsWith("hi"));
            }
            Assertions.assertThrows(ConnectException.class, () -> new RawClient(before).close());
        }
    }

    @Test
    void aPortThatIsTakenIsAStateAndIsTriedAgain() throws Exception {
        try (RunningEdge edge = RunningEdge.with(DIRECT)) {
            int taken;
            try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                taken = other.getLocalPort();
                edge.listeners.apply(List.of(listener("http", 8080), listener("late", taken)));
                await(edge.listeners, "late", ListenerState.State.FAILED);
                ListenerState failed = edge.listeners.states().get(1);
                assertEquals("127.0.0.1:" + taken, failed.address());
                assertTrue(failed.detail().contains("ddress already in use"), failed.detail());
            }
            await(edge.listeners, "late", ListenerState.State.OPEN);
            try (RawClient client = new RawClient(taken)) {
                assertTrue(client.get("/").response().endsWith("hi"));
            }
        }
    }

    @Test
    void drainingFinishesWhatRunsAndTakesNoMore() throws Exception {
        CountDownLatch asked = new CountDownLatch(2);
        CountDownLatch answer = new CountDownLatch(1);
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    asked.countDown();
                                    answer.await(10, TimeUnit.SECONDS);
                                    peer.send(OK);
                                });
                RunningEdge edge = RunningEdge.to(host.port());
                RawClient idle = new RawClient(edge.port());
                RawClient busy = new RawClient(edge.port());
                RawHttp2Client http2 = new RawHttp2Client(edge.port());
                // The fourth is on the loop of the second, as there are two loops.
                RawClient idleToo = new RawClient(edge.port())) {
            idle.send("GET /unrouted HTTP/1.1\r\nHost: other\r\n\r\n").response();
            idleToo.send("GET /unrouted HTTP/1.1\r\nHost: other\r\n\r\n").response();
            busy.get("/");
            http2.get(1, "/");
            assertTrue(asked.await(10, TimeUnit.SECONDS));
            CompletableFuture<Void> drained = edge.listeners.drain(10_000).toCompletableFuture();
            assertEquals("", idle.rest());
            assertEquals("", idleToo.rest());
            assertFalse(drained.isDone());
            answer.countDown();
            String response = busy.response();
            assertTrue(response.contains("\r\nconnection: close\r\n"), response);
            assertEquals("ok", http2.answer(1).body.toString());
            http2.untilClosed();
            assertEquals(0, http2.goAway);
            drained.get(10, TimeUnit.SECONDS);
            Assertions.assertThrows(
                    ConnectException.class, () -> new RawClient(edge.port()).close());
        }
    }

    @Test
    void whoShouldLeaveIsToldAndServedStill() throws Exception {
        try (RunningEdge edge = RunningEdge.with(DIRECT);
                RawClient before = new RawClient(edge.port())) {
            assertTrue(before.get("/").response().endsWith("hi"));
            edge.listeners.leave(60_000, false);
            String answer = before.get("/").response();
            while (!answer.contains("connection: close")) {
                answer = before.get("/").response();
            }
            assertEquals("", before.rest());
            try (RawClient after = new RawClient(edge.port())) {
                String last = after.get("/").response();
                assertTrue(last.contains("connection: close") && last.endsWith("hi"), last);
                assertEquals("", after.rest());
            }
        }
    }

    @Test
    void moreConnectionsThanTheProcessTakesAreClosed() throws Exception {
        try (RunningEdge edge = RunningEdge.with(DIRECT);
                RawClient first = new RawClient(edge.port())) {
            assertTrue(first.get("/").response().endsWith("hi"));
            edge.listeners.mostConnections(1);
            try (RawClient second = new RawClient(edge.port())) {
                assertEquals("", second.rest().replace("<reset>", ""));
            }
            assertTrue(first.get("/").response().endsWith("hi"));
            assertEquals(1, edge.metric("envoy_listener_downstream_global_cx_overflow"));
        }
    }

    @Test
    void drainingEndsWhatTakesTooLong() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (RawHost host =
                        new RawHost(
                                peer -> {
                                    peer.readHead();
                                    asked.countDown();
                                    peer.readHead();
                                });
                RunningEdge edge = RunningEdge.to(host.port());
                RawClient busy = new RawClient(edge.port())) {
            busy.get("/");
            assertTrue(asked.await(10, TimeUnit.SECONDS));
            edge.listeners.drain(100).toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertEquals("", busy.rest());
        }
    }

    @Test
    void whatWasCountedOfAListenerGoesWithItsLastConnection() throws Exception {
        String total = "envoy_http_downstream_rq_total{";
        try (RunningEdge edge = RunningEdge.with(DIRECT)) {
            try (RawClient client = new RawClient(edge.port())) {
                assertTrue(client.get("/").response().endsWith("hi"));
                assertEquals(1, edge.metric(total));
            }
            edge.listeners.apply(List.of());
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (isCounted(edge, total)) {
                assertTrue(System.nanoTime() < end, "is counted still");
                Thread.sleep(10); // the connection is closed on its own thread
            }
            edge.know();
            try (RawClient client = new RawClient(edge.port())) {
                assertTrue(client.get("/").response().endsWith("hi"));
                assertEquals(1, edge.metric(total));
            }
        }
    }

    /** A loop may accept before it hears of what was changed before. */
    @Test
    void aConnectionThatComesToTheNewestStays() throws Exception {
        try (RunningEdge edge = RunningEdge.with(DIRECT)) {
            CompletableFuture<Void> connected = edge.loopsWait();
            edge.listeners.apply(List.of());
            edge.know();
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                clients.add(new RawClient(edge.port()));
            }
            connected.complete(null);
            for (RawClient client : clients) {
                try (client) {
                    assertTrue(client.get("/").response().endsWith("hi"));
                }
            }
        }
    }

    private static boolean isCounted(RunningEdge edge, String metric) throws Exception {
        StringBuilder text = new StringBuilder();
        edge.metrics.prometheus(text);
        return text.indexOf(metric) >= 0;
    }
}
