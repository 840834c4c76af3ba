package dev.wick.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.balance.BalancerSettings;
import dev.wick.gateway.client.Loop;
import dev.wick.gateway.client.Loops;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.upstream.ConnectionSettings.Http2Limits;
import dev.wick.http.Headers;
import dev.wick.http.NameFormat;
import dev.wick.http.RequestHead;
import dev.wick.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How connections to hosts are made, and what they begin with. */
class ConnectionMakingTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final ProxiedConnection ALICE =
            new ProxiedConnection(address("192.0.2.7", 4711), address("198.51.100.1", 443));
    private static final ProxiedConnection BOB =
            new ProxiedConnection(address("2001:db8::7", 4711), address("2001:db8::1", 443));

    private static final BreakerSettings NONE_MAY_WAIT =
            new BreakerSettings(
                    new BreakerSettings.Limits(1_024, 0, 1_024, 3, -1, 0, false, 1_024),
                    BreakerSettings.Limits.DEFAULT);

    private static Loops loops;

    private final Clusters clusters = new Clusters(loops);
    private final Loop loop = loops.loop(0);
    private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();

    @BeforeAll
    static void start() {
        loops = Loops.start(2);
    }

    @AfterAll
    static void stop() {
        loops.close();
    }

    @Test
    void theHostIsToldOnceWhoseTheConnectionIs() throws Exception {
        try (RawHost host = answering()) {
            Cluster cluster = cluster(host.port(), socket(1, 1, null, 1));
            assertEquals("200 ok", Sent.get(loop, cluster, ALICE).outcome());
            assertEquals("200 ok", Sent.get(loop, cluster, ALICE).outcome());
            String line = "PROXY TCP4 192.0.2.7 198.51.100.1 4711 443\r\n";
            assertEquals(line + "GET / HTTP/1.1", start(heads.take()));
            assertEquals("GET / HTTP/1.1", start(heads.take()));
            assertEquals(1, host.connections());
        }
    }

    @Test
    void eachClientHasConnectionsOfItsOwn() throws Exception {
        try (RawHost host = answering()) {
            Cluster cluster = cluster(host.port(), socket(1, 1, null, 1));
            assertEquals("200 ok", Sent.get(loop, cluster, ALICE).outcome());
            assertEquals("200 ok", Sent.get(loop, cluster, BOB).outcome());
            assertEquals("200 ok", Sent.get(loop, cluster, ALICE).outcome());
            assertTrue(heads.take().startsWith("PROXY TCP4 192.0.2.7 "));
            assertTrue(heads.take().startsWith("PROXY TCP6 2001:db8::7 2001:db8::1 4711 443\r\n"));
            assertTrue(heads.take().startsWith("GET /"));
            assertEquals(2, host.connections());
        }
    }

    @Test
    void theBinaryHeaderSaysTheSame() throws Exception {
        BlockingQueue<String> starts = new LinkedBlockingQueue<>();
        try (RawHost host =
                new RawHost(
                        peer -> {
                            byte[] header = new byte[28];
                            peer.socket().getInputStream().readNBytes(header, 0, 28);
                            starts.add(HexFormat.of().formatHex(header));
                            peer.readHead();
                            peer.send(OK);
                            peer.readHead();
                        })) {
            Cluster cluster = cluster(host.port(), socket(1, 1, null, 2));
            assertEquals("200 ok", Sent.get(loop, cluster, ALICE).outcome());
            assertEquals("0d0a0d0a000d0a515549540a2111000cc0000207c6336401126701bb", starts.take());
        }
    }

    @Test
    void whoseItIsMayNotBeKnown() throws Exception {
        try (RawHost host = answering()) {
            Cluster cluster = cluster(host.port(), socket(1, 1, null, 1));
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            assertTrue(heads.take().startsWith("PROXY UNKNOWN\r\nGET / "));
        }
    }

    @Test
    void aClientThatMeetsTheLimitsIsForgotten() throws Exception {
        try (RawHost host = answering()) {
            Cluster cluster = cluster(host.port(), socket(1, 1, null, 1), NONE_MAY_WAIT);
            ClusterOnLoop onLoop = new ClusterOnLoop(loop, loops.channel(), cluster);
            CompletableFuture<Pool> made = new CompletableFuture<>();
            loop.execute(() -> made.complete(pool(cluster, onLoop)));
            for (int port = 1; port <= 50; port++) {
                Failing failing = new Failing(new ProxiedConnection(address("::1", port), null));
                loop.execute(() -> send(made.join(), stream(cluster, onLoop, failing)));
                assertEquals("UO", failing.failed.get(10, TimeUnit.SECONDS));
            }
            CompletableFuture<Integer> clients = new CompletableFuture<>();
            loop.execute(() -> clients.complete(made.join().clients()));
            assertEquals(0, clients.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void aSocketThatCannotBeMadeIsAConnectFailureOnTheLoop() throws Exception {
        try (RawHost host = answering()) {
            Cluster cluster = cluster(host.port(), SocketSettings.DEFAULT);
            ClusterOnLoop without = new ClusterOnLoop(loop, NoSocket.class, cluster);
            Failing failing = new Failing(UpstreamEvents.UNKNOWN);
            loop.execute(() -> pool(cluster, without).send(stream(cluster, without, failing)));
            assertEquals("UF", failing.failed.get(10, TimeUnit.SECONDS));
            until(() -> cluster.metrics().value(ClusterMetrics.CX_ACTIVE) == 0);
        }
    }

    private static void send(Pool pool, Stream stream) {
        pool.of(stream).send(stream);
    }

    private static Pool pool(Cluster cluster, ClusterOnLoop onLoop) {
        return Pool.make(cluster, cluster.hosts().hosts()[0], onLoop, Speech.HTTP1, false);
    }

    private static Stream stream(Cluster cluster, ClusterOnLoop onLoop, UpstreamEvents events) {
        return new Stream(cluster, onLoop, new RequestHead(), true, null, false, events);
    }

    /** As where the process has no file left to open. */
    public static final class NoSocket extends NioSocketChannel {
        public NoSocket() {
            throw new ChannelException("too many open files");
        }
    }

    /** Hears of a request that fails. */
    private static final class Failing implements UpstreamEvents {

        /** The flag; that it was told on another thread is a failure of the test. */
        final CompletableFuture<String> failed = new CompletableFuture<>();

        private final ProxiedConnection proxied;

        Failing(ProxiedConnection proxied) {
            this.proxied = proxied;
        }

        @Override
        public ProxiedConnection proxied() {
            return proxied;
        }

        @Override
        public void informational(ResponseHead head) {}

        @Override
        public void head(ResponseHead head) {}

        @Override
        public void body(ByteBuf data) {
            data.release();
        }

        @Override
        public void end(Headers trailers) {}

        @Override
        public void writable() {}

        @Override
        public void failed(UpstreamFailure why, String detail) {
            boolean inLoop = loops.loop(0).inLoop();
            failed.complete(inLoop ? why.flag() : "on " + Thread.currentThread().getName());
        }
    }

    @Test
    void connectionsComeFromTheAddressThatIsSaid() throws Exception {
        try (RawHost host =
                new RawHost(
                        peer -> {
                            peer.readHead();
                            heads.add(peer.socket().getInetAddress().getHostAddress());
                            peer.send(OK);
                            peer.readHead();
                        })) {
            Cluster cluster = cluster(host.port(), socket(1, 1, "127.0.0.5", 0));
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            assertEquals("127.0.0.5", heads.take());
        }
    }

    @Test
    void anAddressThatIsNotOfThisMachineIsAConnectFailure() throws Exception {
        try (RawHost host = answering()) {
            Cluster cluster = cluster(host.port(), socket(1, 1, "192.0.2.1", 0));
            assertTrue(Sent.get(loop, cluster).outcome().startsWith("UF "));
            assertEquals(1, cluster.metrics().value(ClusterMetrics.CX_CONNECT_FAIL));
        }
    }

    @Test
    void aHostHasAConnectionMoreThanItNeeds() throws Exception {
        try (RawHost host = answering()) {
            Cluster cluster = cluster(host.port(), socket(2, 1, null, 0));
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            until(() -> host.connections() == 2);
        }
    }

    @Test
    void theClusterHasAConnectionMoreThanItNeeds() throws Exception {
        try (RawHost host = answering()) {
            Cluster cluster = cluster(host.port(), socket(1, 1.5, null, 0));
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            until(() -> host.connections() >= 2);
        }
    }

    @Test
    void theKernelProbesConnections() throws Exception {
        try (RawHost host = answering()) {
            SocketSettings probed = new SocketSettings(1, 1, null, true, 3, 10, 5, 1024 * 1024, 0);
            assertEquals("200 ok", Sent.get(loop, cluster(host.port(), probed)).outcome());
        }
    }

    @Test
    void aConnectionGrowsTooOldForMore() throws Exception {
        try (RawHost host = answering()) {
            Cluster cluster = cluster(host.port(), 60, 0, SocketSettings.DEFAULT);
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            until(() -> cluster.metrics().value(ClusterMetrics.CX_MAX_DURATION_REACHED) == 1);
            until(() -> cluster.metrics().value(ClusterMetrics.CX_ACTIVE) == 0);
            assertEquals("200 ok", Sent.get(loop, cluster).outcome());
        }
    }

    @Test
    void aConnectionCarriesNoMoreRequestsThanItMay() throws Exception {
        try (RawHost host = answering()) {
            Cluster cluster = cluster(host.port(), 0, 2, SocketSettings.DEFAULT);
            for (int i = 0; i < 4; i++) {
                assertEquals("200 ok", Sent.get(loop, cluster).outcome());
            }
            assertEquals(2, host.connections());
            assertEquals(2, cluster.metrics().value(ClusterMetrics.CX_MAX_REQUESTS));
        }
    }

    private RawHost answering() throws Exception {
        return new RawHost(
                peer -> {
                    for (String head = peer.readHead(); head != null; head = peer.readHead()) {
                        heads.add(head);
                        peer.send(OK);
                    }
                });
    }

    private static String start(String head) {
        return head.substring(0, head.indexOf("\r\nhost:"));
    }

    private static SocketSettings socket(
            double preconnect, double predictive, String source, int proxyVersion) {
        return new SocketSettings(
                preconnect, predictive, source, false, 0, 0, 0, 1024 * 1024, proxyVersion);
    }

    private Cluster cluster(int port, SocketSettings socket) {
        return cluster(port, 0, 0, socket);
    }

    private Cluster cluster(
            int port, long maxDurationMillis, int maxRequests, SocketSettings socket) {
        return clusters.offer(
                new ClusterSettings(
                        "made",
                        List.of(new EndpointAddress("127.0.0.1", port)),
                        BalancerSettings.DEFAULT,
                        5000,
                        new ConnectionSettings(
                                UpstreamHttp.HTTP1,
                                3_600_000,
                                maxDurationMillis,
                                maxRequests,
                                0,
                                false,
                                NameFormat.LOWER,
                                Http2Limits.DEFAULT,
                                socket)));
    }

    private Cluster cluster(int port, SocketSettings socket, BreakerSettings breakers) {
        ClusterSettings settings = cluster(port, socket).settings();
        return clusters.offer(
                new ClusterSettings(
                        settings.name(),
                        settings.endpoints(),
                        settings.balancing(),
                        settings.connectTimeoutMillis(),
                        settings.connections(),
                        settings.health(),
                        settings.endpointsName(),
                        settings.dns(),
                        breakers));
    }

    private static InetSocketAddress address(String ip, int port) {
        return new InetSocketAddress(ip, port);
    }

    private static void until(BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!holds.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "did not come about within 5 seconds");
            Thread.sleep(5);
        }
    }
}
