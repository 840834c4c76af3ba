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
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A bug of ours that comes to light as a host is heard: it ends one connection, and is said. */
class FaultTest {

    private final Loops loops = Loops.start(1);
    private final Loop loop = loops.loop(0);
    private final Queue<Throwable> said = new ConcurrentLinkedQueue<>();
    private final Logger logger = Logger.getLogger("dev.wick.gateway.upstream");
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord one) {
                    if (one.getThrown() != null) {
                        said.add(one.getThrown());
                    }
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    @AfterEach
    void stop() {
        logger.removeHandler(handler);
        loops.close();
    }

    @Test
    void overHttp1() throws Exception {
        try (RawHost host = RawHost.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            isSaid(host.port(), UpstreamHttp.HTTP1);
        }
    }

    @Test
    void overHttp2() throws Exception {
        try (RawHttp2Host host = new RawHttp2Host(call -> call.head("200", true))) {
            isSaid(host.port(), UpstreamHttp.HTTP2);
        }
    }

    @Test
    void whatTheNetworkDoesIsNotSaid() {
        logger.addHandler(handler);
        Errors.caught(new java.io.IOException("reset by peer"));
        Errors.caught(new java.nio.channels.NotYetConnectedException());
        assertEquals(0, said.size());
    }

    private void isSaid(int port, UpstreamHttp http) throws Exception {
        logger.addHandler(handler);
        Cluster cluster =
                new Clusters(loops)
                        .offer(
                                new ClusterSettings(
                                        "c",
                                        List.of(new EndpointAddress("127.0.0.1", port)),
                                        BalancerSettings.DEFAULT,
                                        5_000,
                                        new ConnectionSettings(
                                                http,
                                                3_600_000,
                                                0,
                                                0,
                                                0,
                                                false,
                                                NameFormat.LOWER,
                                                Http2Limits.DEFAULT,
                                                SocketSettings.DEFAULT)));
        Faulty faulty = new Faulty();
        loop.execute(
                () -> {
                    RequestHead head = new RequestHead();
                    head.method("GET");
                    head.scheme("http");
                    head.authority("x");
                    head.path("/");
                    cluster.send(loop, head, true, faulty);
                });
        faulty.failed.get(10, TimeUnit.SECONDS);
        assertTrue(said.stream().anyMatch(one -> "a fault".equals(one.getMessage())), "unsaid");
        assertEquals(0, cluster.metrics().value(ClusterMetrics.RQ_ACTIVE));
    }

    private static final class Faulty implements UpstreamEvents {

        final CompletableFuture<String> failed = new CompletableFuture<>();

        @Override
        public void head(ResponseHead head) {
            throw new IllegalStateException("a fault");
        }

        @Override
        public void failed(UpstreamFailure why, String detail) {
            failed.complete(detail);
        }

        @Override
        public void informational(ResponseHead head) {}

        @Override
        public void body(ByteBuf data) {
            data.release();
        }

        @Override
        public void end(Headers trailers) {}

        @Override
        public void writable() {}
    }
}
