package dev.wick.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.client.Loops;
import dev.wick.gateway.live.Live;
import dev.wick.gateway.live.LiveLimits;
import dev.wick.gateway.observe.HttpMetrics;
import dev.wick.gateway.observe.MetricSet;
import dev.wick.gateway.observe.VirtualClusterMetrics;
import dev.wick.gateway.snapshot.HttpSettings;
import dev.wick.http.Headers;
import dev.wick.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client whose end is found out by what is written to it. */
final class GoneClientTest {

    private final Loops loops = Loops.start(1);
    private final Loop loop = loops.loop(0);
    private final MetricSet metrics = HttpMetrics.of("l", 1);

    @AfterEach
    void stop() {
        loops.close();
    }

    @Test
    void isCountedOnce() throws Exception {
        Live live = new Live((names, host) -> names.offerUnknown(host), LiveLimits.DEFAULTS);
        VirtualClusterMetrics none = new VirtualClusterMetrics(1);
        Door door =
                new Door(
                        live.names("l", ""),
                        "http",
                        metrics,
                        null,
                        1,
                        HttpSettings.DEFAULT,
                        none,
                        null,
                        null);
        Gone gone = new Gone();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        loop.execute(
                () -> {
                    ClientConnection client = new ClientConnection(null, null);
                    Exchange exchange = new Exchange(door, loop, gone, client);
                    gone.exchange = exchange;
                    exchange.head().method("GET");
                    exchange.head().path("/");
                    exchange.head().authority("nobody");
                    exchange.begin(Protocol.HTTP_2, true);
                    begun.complete(null);
                });
        begun.get(10, TimeUnit.SECONDS);
        gone.told.get(10, TimeUnit.SECONDS);
        CompletableFuture<Void> after = new CompletableFuture<>();
        loop.execute(() -> after.complete(null));
        after.get(10, TimeUnit.SECONDS);
        assertEquals(1, metrics.value(HttpMetrics.RQ_TOTAL));
        assertEquals(0, metrics.value(HttpMetrics.RQ_ACTIVE));
    }

    private static final class Gone implements Downstream {

        final CompletableFuture<Void> told = new CompletableFuture<>();
        Exchange exchange;

        @Override
        public void head(ResponseHead head, boolean last) {
            exchange.closed();
            told.complete(null);
        }

        @Override
        public boolean write(ByteBuf data) {
            data.release();
            return true;
        }

        @Override
        public void ignoreRequest() {}

        @Override
        public void informational(ResponseHead head) {}

        @Override
        public void tunnel(ResponseHead head) {}

        @Override
        public void endOutput() {}

        @Override
        public void end(Headers trailers) {}

        @Override
        public void reset() {}

        @Override
        public void pause() {}

        @Override
        public void resume() {}
    }
}
