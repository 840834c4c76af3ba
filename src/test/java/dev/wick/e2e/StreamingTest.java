package dev.wick.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Exchange;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import dev.wick.e2e.harness.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bodies flow through, both ways, at the pace of the slower side and in bounded memory. */
class StreamingTest {

    private static final long GIB = 1L << 30;
    private static final long MOST_GROWTH_KIB = 32 * 1024;

    /**
     * Kernel buffers on both sides of the gateway and its own: far more than this on its way means
     * nobody held back.
     */
    private static final long MOST_ON_ITS_WAY = 48L << 20;

    private static final StoreApi STORE = Store.shared().gateway("streaming");

    @AutoClose private static Gateway gateway;

    @BeforeAll
    static void start() {
        STORE.apply(Documents.listener());
        gateway = Gateway.start(Store.shared(), "streaming");
    }

    @Test
    void a_gibibyte_to_a_slow_reader_does_not_fill_memory() throws Exception {
        AtomicLong sent = new AtomicLong();
        try (Upstream upstream = Upstream.answering(exchange -> sendGibibyte(exchange, sent))) {
            STORE.apply(Documents.hostAndCluster("down", "down.test", upstream.port()));
            gateway.get("down.test", "/small");
            long before = gateway.process().residentKib();
            try (Http1 client = Http1.open(gateway.port(), 64 * 1024)) {
                client.send("GET /large HTTP/1.1\r\nhost: down.test\r\n\r\n");
                Http1.Head head = client.head();
                stalls(sent::get);
                assertTrue(sent.get() < MOST_ON_ITS_WAY, () -> sent + " bytes on their way");

                long peak = drain(client.body(head, new ArrayList<>()));

                long growth = Math.max(peak, gateway.process().residentKib()) - before;
                assertTrue(growth < MOST_GROWTH_KIB, () -> "grew by " + growth + " KiB");
            }
        }
    }

    @Test
    void a_gibibyte_to_a_slow_upstream_does_not_fill_memory() throws Exception {
        AtomicLong sent = new AtomicLong();
        CountDownLatch release = new CountDownLatch(1);
        AtomicLong peak = new AtomicLong();
        try (Upstream upstream =
                Upstream.answering(
                        exchange -> {
                            if (exchange.request().method().equals("POST")) {
                                hold(release);
                                peak.set(drain(exchange.stream()));
                            }
                            exchange.reply(200, "done");
                        })) {
            STORE.apply(Documents.hostAndCluster("up", "up.test", upstream.port()));
            gateway.get("up.test", "/small");
            long before = gateway.process().residentKib();
            try (Http1 client = Http1.open(gateway.port())) {
                client.send(
                        "POST /large HTTP/1.1\r\nhost: up.test\r\ncontent-length: "
                                + GIB
                                + "\r\n\r\n");
                Thread sender = Thread.ofVirtual().start(() -> upload(client, sent));
                stalls(sent::get);
                assertTrue(sent.get() < MOST_ON_ITS_WAY, () -> sent + " bytes on their way");
                release.countDown();

                assertEquals("done", client.reply("POST").text());
                sender.join();
            }
            long growth = Math.max(peak.get(), gateway.process().residentKib()) - before;
            assertTrue(growth < MOST_GROWTH_KIB, () -> "grew by " + growth + " KiB");
        }
    }

    @Test
    void the_first_bytes_of_an_answer_come_before_its_last_are_there() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (Upstream upstream =
                Upstream.answering(
                        exchange -> {
                            exchange.send(
                                    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nfirst\r\n");
                            hold(release);
                            exchange.send("6\r\n, last\r\n0\r\n\r\n");
                        })) {
            STORE.apply(Documents.hostAndCluster("events", "events.test", upstream.port()));
            try (Http1 client = Http1.open(gateway.port())) {
                client.send("GET / HTTP/1.1\r\nhost: events.test\r\n\r\n");
                InputStream body = client.body(client.head(), new ArrayList<>());

                assertEquals("first", new String(body.readNBytes(5)));
                release.countDown();
                assertEquals(", last", new String(body.readAllBytes()));
            }
        }
    }

    @Test
    void the_first_bytes_of_a_request_reach_the_upstream_before_its_last_are_sent()
            throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        try (Upstream upstream =
                Upstream.answering(
                        exchange -> {
                            byte[] bytes = exchange.stream().readNBytes(5);
                            first.countDown();
                            exchange.reply(200, new String(bytes) + new String(exchange.body()));
                        })) {
            STORE.apply(Documents.hostAndCluster("upload", "upload.test", upstream.port()));
            try (Http1 client = Http1.open(gateway.port())) {
                client.send(
                        "POST / HTTP/1.1\r\nhost: upload.test\r\ntransfer-encoding: chunked\r\n\r\n5\r\nfirst\r\n");
                first.await();
                client.send("6\r\n, last\r\n0\r\n\r\n");

                assertEquals("first, last", client.reply("POST").text());
            }
        }
    }

    @Test
    void trailers_are_dropped_as_envoy_does_by_default_and_the_bodies_stay_whole() {
        try (Upstream upstream =
                Upstream.answering(
                        exchange -> {
                            String text = new String(exchange.body()) + exchange.trailers();
                            exchange.send(
                                    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\nx-back: 1\r\n\r\n"
                                            .formatted(text.length(), text));
                        })) {
            STORE.apply(Documents.hostAndCluster("trailers", "trailers.test", upstream.port()));
            try (Http1 client = Http1.open(gateway.port())) {
                for (int i = 0; i < 2; i++) {
                    client.send(
                            "POST / HTTP/1.1\r\nhost: trailers.test\r\nte: trailers\r\ntransfer-encoding: chunked\r\n\r\n"
                                    + "2\r\nhi\r\n0\r\nx-there: 7\r\n\r\n");
                    assertEquals("hi[]", client.reply("POST").text());
                }
            }
        }
    }

    private static void sendGibibyte(Exchange exchange, AtomicLong sent) throws IOException {
        if (exchange.request().target().equals("/small")) {
            exchange.reply(200, "small");
            return;
        }
        exchange.send("HTTP/1.1 200 OK\r\ncontent-length: " + GIB + "\r\n\r\n");
        byte[] block = new byte[256 * 1024];
        while (sent.get() < GIB) {
            exchange.send(block, block.length);
            sent.addAndGet(block.length);
        }
    }

    private static void upload(Http1 client, AtomicLong sent) {
        byte[] block = new byte[256 * 1024];
        while (sent.get() < GIB) {
            client.send(block, 0, block.length);
            sent.addAndGet(block.length);
        }
    }

    /** Reads to the end; the most memory that the gateway held meanwhile, in KiB. */
    private static long drain(InputStream in) throws IOException {
        byte[] block = new byte[256 * 1024];
        long total = 0;
        long peak = 0;
        int blocks = 0;
        for (int read = in.read(block); read >= 0; read = in.read(block)) {
            total += read;
            if (blocks++ % 64 == 0) {
                peak = Math.max(peak, gateway.process().residentKib());
            }
        }
        assertEquals(GIB, total);
        return peak;
    }

    /** Waits until {@code count} has moved and then stood still for half a second. */
    private static void stalls(LongSupplier count) {
        long[] last = {0};
        await().pollInterval(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            long now = count.getAsLong();
                            boolean still = now > 0 && now == last[0];
                            last[0] = now;
                            return still;
                        });
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
