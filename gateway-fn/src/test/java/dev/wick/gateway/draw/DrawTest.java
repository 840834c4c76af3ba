package dev.wick.gateway.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.live.Held;
import dev.wick.gateway.live.LiveLimits;
import dev.wick.gateway.snapshot.HostSnapshot;
import dev.wick.gateway.upstream.Cluster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What first requests draw, and what goes again. */
class DrawTest extends DrawFixture {

    DrawTest() throws IOException {}

    @Test
    void manyFirstRequestsForOneHostMakeOneFetch() throws Exception {
        serve("a.test", "one");
        store.delayMillis = 50;
        List<CompletableFuture<Held>> waiting = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            waiting.add(drawn.later("a.test"));
        }

        for (CompletableFuture<Held> one : waiting) {
            assertNotNull(one.get(5, TimeUnit.SECONDS).snapshot());
        }

        assertEquals(List.of("a.test"), store.pulled);
    }

    @Test
    void theListenerSetComesByItself() throws Exception {
        assertEquals("http", drawn.listeners.poll(5, TimeUnit.SECONDS).getFirst().name());
        assertTrue(drawn.draw.knowsListeners());
    }

    @Test
    void anUnknownHostIsUnknownAndAskedForOnce() throws Exception {
        assertEquals("unknown", drawn.says("x.test"));
        assertEquals("unknown", drawn.says("x.test"));

        assertEquals(List.of("x.test"), store.pulled);
    }

    @Test
    void unknownHostsAreForgottenHereAndAtTheStore() throws Exception {
        drawn.says("x.test");
        follow();

        Drawn.until(() -> !store.dropped.isEmpty());

        assertTrue(store.dropped.get(0).contains("x.test"), store.dropped.get(0));
        assertEquals(0, drawn.draw.live().unknown());
    }

    @Test
    void anUnknownHostThatBecomesKnownIsServed() throws Exception {
        drawn.close();
        LiveLimits patient = new LiveLimits(100, 100, 60_000, 100);
        drawn = new Drawn(store.url(), 2_000, null, patient);
        drawn.says("x.test");
        follow();
        serve("x.test", "now");
        store.revision = 2;

        store.tell("revision", changed(2, place("x.test"), ""));

        Drawn.until(() -> held("x.test") == null);
        assertEquals("now", drawn.says("x.test"));
    }

    @Test
    void aSharedClusterIsOneObjectAndChangesOnce() throws Exception {
        String cluster = cluster("shared", 9000);
        for (int i = 0; i < 20; i++) {
            String name = "h" + i + ".test";
            store.serve(name, name, forwarding("h" + i, name, "one", "shared"), cluster);
            drawn.says(name);
        }
        Cluster before = clusterOf("h0.test");
        assertSame(before, clusterOf("h19.test"));
        HostSnapshot snapshot = held("h0.test").snapshot();
        follow();

        store.tell(
                "revision", changed(2, "", document("Cluster", "shared", cluster("shared", 9001))));

        Drawn.until(() -> before.settings().endpoints().get(0).port() == 9001);
        assertSame(before, clusterOf("h7.test"));
        assertSame(snapshot, held("h0.test").snapshot());
    }

    @Test
    void aSliceThatCannotBeBuiltAndWasNeverGoodIsUnavailable() throws Exception {
        store.serve(
                "a.test",
                "a.test",
                host("a", "a.test", "x").replace("\"domains\"", "\"new\":1,\"domains\""));

        assertEquals("unavailable", drawn.says("a.test"));

        assertTrue(reportWith("VirtualHost/a").contains("\"field\":\"new\""));
        assertNull(held("a.test"));
    }

    @Test
    void whileTheStoreIsAwayWhatIsHeldServesAndTheRestIsUnavailable() throws Exception {
        drawn.close();
        drawn = new Drawn(store.url(), 300, null, Drawn.LIMITS);
        serve("a.test", "one");
        serve("b.test", "one");
        drawn.says("a.test");
        store.stop();

        assertEquals("unavailable", drawn.says("b.test"));
        assertEquals("one", drawn.says("a.test"));

        store.start();
        assertEquals("one", drawn.says("b.test"));
    }

    @Test
    void aLargeDocumentIsServedLikeASmallOne() throws Exception {
        StringBuilder routes = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            routes.append("{\"match\":{\"path\":{\"exact\":\"/" + i + "\"}},");
            routes.append("\"directResponse\":{\"status\":204}},");
        }
        String large = host("a", "a.test", "one").replace("[{\"name\"", "[" + routes + "{\"name\"");
        store.serve("a.test", "a.test", large);

        assertEquals("one", drawn.says("a.test"));

        follow();
        String newer = large.replace("\"one\"", "\"two\"");
        store.tell("revision", changed(2, "", document("VirtualHost", "a", newer)));
        Drawn.until(() -> says("a.test").equals("two"));
    }

    @Test
    void theColdestHostsGoAndSoDoTheirClusters() throws Exception {
        drawn.close();
        drawn = new Drawn(store.url(), 2_000, null, new LiveLimits(16, 16, 60_000, 100));
        List<String> gone = new CopyOnWriteArrayList<>();
        drawn.draw.live().onGone(gone::add);
        for (int i = 0; i < 40; i++) {
            String name = "h" + i + ".test";
            store.serve(
                    name, name, forwarding("h" + i, name, "x", "c" + i), cluster("c" + i, 9000));
            drawn.says(name);
        }

        Drawn.until(() -> drawn.draw.live().serving() <= 16);

        Drawn.until(() -> count() <= 16);
        Drawn.until(() -> store.dropped.stream().anyMatch(body -> body.contains("Cluster")));
        Drawn.until(() -> gone.size() >= 24);
    }

    private long count() {
        try {
            return drawn.dump().clusters().size();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
