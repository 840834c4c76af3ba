package dev.wick.gateway.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrawTest {

    private final StubStore store = new StubStore();
    private Drawn drawn = new Drawn(store);

    DrawTest() throws IOException {}

    @AfterEach
    void close() {
        drawn.close();
        store.close();
    }

    /** A virtual host whose first route has this name. */
    static String host(String name, String domain, String says) {
        return "{\"kind\":\"VirtualHost\",\"name\":\""
                + name
                + "\",\"domains\":[\""
                + domain
                + "\"],\"routes\":[{\"name\":\""
                + says
                + "\",\"match\":{\"path\":{\"prefix\":\"/\"}},\"directResponse\":{\"status\":200}}]}";
    }

    static String forwarding(String name, String domain, String says, String cluster) {
        return host(name, domain, says)
                .replace(
                        "\"directResponse\":{\"status\":200}",
                        "\"route\":{\"cluster\":\"" + cluster + "\"}");
    }

    static String cluster(String name, int port) {
        return "{\"kind\":\"Cluster\",\"name\":\""
                + name
                + "\",\"endpoints\":[{\"address\":\"127.0.0.1\",\"port\":"
                + port
                + "}]}";
    }

    static String changed(long revision, String hosts, String documents) {
        return "{\"revision\":"
                + revision
                + ",\"hosts\":["
                + hosts
                + "],\"documents\":["
                + documents
                + "]}";
    }

    static String place(String host) {
        return "{\"listener\":\"http\",\"chain\":\"\",\"host\":\"" + host + "\"}";
    }

    static String document(String kind, String name, String json) {
        return "{\"kind\":\"" + kind + "\",\"name\":\"" + name + "\",\"document\":" + json + "}";
    }

    private void serve(String host, String says) {
        store.serve(host, host, host(host.replace('.', '-'), host, says));
    }

    private void follow() throws InterruptedException {
        Drawn.until(() -> store.followers() == 1);
    }

    private Held held(String host) {
        return drawn.names.held(host);
    }

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
    void aChangedVirtualHostIsServedInPlaceOfTheOld() throws Exception {
        serve("a.test", "one");
        drawn.says("a.test");
        follow();
        String newer = host("a-test", "a.test", "two");

        store.tell("revision", changed(2, "", document("VirtualHost", "a-test", newer)));

        Drawn.until(() -> says("a.test").equals("two"));
        assertEquals(List.of("a.test"), store.pulled);
    }

    private String says(String host) {
        try {
            return drawn.says(host);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aHostThatMovedIsDrawnAnewWhileTheOldOneServes() throws Exception {
        store.serve("a.test", "*.test", host("wild", "*.test", "wild"));
        drawn.says("a.test");
        follow();
        store.serve("a.test", "a.test", host("exact", "a.test", "exact"));
        store.revision = 2;
        store.delayMillis = 100;

        store.tell("revision", changed(2, place("a.test"), ""));

        Drawn.until(() -> store.pulled.size() == 2);
        assertEquals("wild", drawn.says("a.test"));
        Drawn.until(() -> says("a.test").equals("exact"));
        assertEquals("2", store.minRevisions.get(1));
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

    private Cluster clusterOf(String host) {
        return held(host).snapshot().cluster(0);
    }

    @Test
    void equalConfigurationKeepsItsCompiledObjects() throws Exception {
        store.serve("a.test", "*.test", host("wild", "*.test", "one"));
        store.serve("b.test", "*.test", host("wild", "*.test", "one"));
        drawn.says("a.test");
        drawn.says("b.test");

        assertSame(held("a.test").snapshot(), held("b.test").snapshot());
        follow();
        HostSnapshot before = held("a.test").snapshot();
        String same = host("wild", "*.test", "one");
        store.tell("revision", changed(2, "", document("VirtualHost", "wild", same)));
        Drawn.until(() -> revision() == 2);
        assertSame(before, held("a.test").snapshot());
    }

    private long revision() {
        try {
            return drawn.dump().revision();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anEventThatOvertakesASliceStays() throws Exception {
        String name = "b.test";
        store.serve("a.test", "*.test", host("wild", "*.test", "old"));
        drawn.says("a.test");
        follow();
        store.serve(name, "*.test", host("wild", "*.test", "old"));
        store.delayMillis = 200;
        CompletableFuture<Held> late = drawn.later(name);
        Drawn.until(() -> store.pulled.contains(name));

        String newer = host("wild", "*.test", "new");
        store.revision = 2;
        store.tell("revision", changed(2, "", document("VirtualHost", "wild", newer)));

        assertNotNull(late.get(5, TimeUnit.SECONDS).snapshot());
        assertEquals("new", drawn.says(name));
        assertEquals("new", drawn.says("a.test"));
    }

    @Test
    void aSliceThatAnEventOvertookIsAskedForAgain() throws Exception {
        serve("first.test", "one");
        drawn.says("first.test");
        follow();
        serve("a.test", "old");
        store.delayMillis = 200;
        CompletableFuture<Held> late = drawn.later("a.test");
        Drawn.until(() -> store.pulled.contains("a.test"));

        serve("a.test", "new");
        store.revision = 2;
        String newer = host("a-test", "a.test", "new");
        store.tell("revision", changed(2, "", document("VirtualHost", "a-test", newer)));

        late.get(5, TimeUnit.SECONDS);
        assertEquals("new", drawn.says("a.test"));
        assertEquals("2", store.minRevisions.getLast());
    }

    @Test
    void aVirtualHostWithANewerFieldLeavesTheLastGoodOneServing() throws Exception {
        serve("a.test", "good");
        drawn.says("a.test");
        follow();
        String newer =
                host("a-test", "a.test", "newer")
                        .replace("\"domains\"", "\"fromTheFuture\":true,\"domains\"");

        store.tell("revision", changed(2, "", document("VirtualHost", "a-test", newer)));

        String report = reportWith("fromTheFuture");
        assertTrue(report.contains("VirtualHost/a-test"), report);
        assertEquals("good", drawn.says("a.test"));
        Dump.Entry entry = drawn.dump().virtualHosts().getFirst();
        assertNotSame(entry.json(), entry.served());

        String readable = host("a-test", "a.test", "readable");
        store.tell("revision", changed(3, "", document("VirtualHost", "a-test", readable)));
        Drawn.until(() -> says("a.test").equals("readable"));
        assertTrue(reportWith("\"problems\":[]").contains("\"revision\":3"));
    }

    private String reportWith(String text) throws InterruptedException {
        while (true) {
            String report = store.reports.poll(5, TimeUnit.SECONDS);
            assertNotNull(report, "a report with " + text);
            if (report.contains(text)) {
                return report;
            }
        }
    }

    @Test
    void aHostWhoseNewClusterCannotBeBuiltStaysWithItsOldOne() throws Exception {
        store.serve(
                "a.test", "a.test", forwarding("a", "a.test", "old", "one"), cluster("one", 9001));
        drawn.says("a.test");
        follow();
        String newer = forwarding("a", "a.test", "new", "two");
        String broken = cluster("two", 9002).replace("\"endpoints\"", "\"quic\":1,\"endpoints\"");

        store.tell(
                "revision",
                changed(
                        2,
                        "",
                        document("VirtualHost", "a", newer)
                                + ","
                                + document("Cluster", "two", broken)));

        String report = reportWith("quic");
        assertTrue(report.contains("VirtualHost/a"), report);
        assertEquals("old", drawn.says("a.test"));
        assertNotNull(drawn.clusters.find("one"));

        String two = document("Cluster", "two", cluster("two", 9002));
        store.tell("revision", changed(3, "", two));
        Drawn.until(() -> says("a.test").equals("new"));
        assertEquals("two", clusterOf("a.test").name());
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
    void aStreamThatEndsIsAskedForAgainWithAllThatIsHeld() throws Exception {
        serve("a.test", "one");
        drawn.says("a.test");
        follow();
        Drawn.until(() -> store.followed.size() == 1);
        store.stop();
        store.start();

        Drawn.until(() -> store.followed.size() == 2);

        assertTrue(store.followed.get(1).contains("a.test"), store.followed.get(1));
        assertTrue(store.followed.get(1).contains("\"name\":\"a-test\""), store.followed.get(1));
    }

    @Test
    void anotherEpochLetsEverythingBeDrawnAnew() throws Exception {
        serve("a.test", "one");
        drawn.says("a.test");
        follow();
        store.epoch = "e2";
        store.revision = 1;
        serve("a.test", "two");

        store.tell("reset", "{\"revision\":1,\"epoch\":\"e2\"}");

        Drawn.until(() -> says("a.test").equals("two"));
        assertEquals("e2", drawn.dump().epoch());
    }

    @Test
    void aResetThatFindsNothingChangedKeepsWhatIsHeld() throws Exception {
        serve("a.test", "one");
        drawn.says("a.test");
        follow();
        HostSnapshot before = held("a.test").snapshot();

        store.tell("reset", "{\"revision\":9,\"epoch\":\"e1\"}");
        store.revision = 9;

        Drawn.until(() -> store.unchanged.get() > 0);
        assertSame(before, held("a.test").snapshot());
    }

    @Test
    void aChangedListenerSetIsDrawnAgain() throws Exception {
        drawn.listeners.poll(5, TimeUnit.SECONDS);
        follow();
        store.listeners = "{\"kind\":\"Listener\",\"name\":\"other\",\"port\":8081}";
        store.revision = 2;

        store.tell("revision", "{\"revision\":2,\"listeners\":true}");

        assertEquals("other", drawn.listeners.poll(5, TimeUnit.SECONDS).getFirst().name());
    }

    @Test
    void theColdestHostsGoAndSoDoTheirClusters() throws Exception {
        drawn.close();
        drawn = new Drawn(store.url(), 2_000, null, new LiveLimits(16, 16, 60_000, 100));
        for (int i = 0; i < 40; i++) {
            String name = "h" + i + ".test";
            store.serve(
                    name, name, forwarding("h" + i, name, "x", "c" + i), cluster("c" + i, 9000));
            drawn.says(name);
        }

        Drawn.until(() -> drawn.draw.live().serving() <= 16);

        Drawn.until(() -> count() <= 16);
        Drawn.until(() -> store.dropped.stream().anyMatch(body -> body.contains("Cluster")));
    }

    private long count() {
        try {
            return drawn.dump().clusters().size();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
