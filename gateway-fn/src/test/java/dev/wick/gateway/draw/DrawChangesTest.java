package dev.wick.gateway.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.live.Held;
import dev.wick.gateway.snapshot.HostSnapshot;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What changes do to what is held. */
class DrawChangesTest extends DrawFixture {

    DrawChangesTest() throws IOException {}

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

    /** As where a folder was put back: revisions come again, and so do entity tags. */
    private void goBack() throws Exception {
        store.waitsForRevisions = true;
        store.etag = "\"t\"";
        store.revision = 50;
        serve("a.test", "lost");
        drawn.says("a.test");
        follow();
        Drawn.until(() -> isTold(50));
        store.revision = 40;
        serve("a.test", "put back");
    }

    private boolean isTold(long revision) {
        try {
            return drawn.dump().revision() == revision;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aResetToAnEarlierRevisionLetsEverythingBeDrawnAnew() throws Exception {
        goBack();

        store.tell("reset", "{\"revision\":40,\"epoch\":\"e1\"}");

        Drawn.until(() -> says("a.test").equals("put back"));
        assertEquals(40, drawn.dump().revision());
    }

    @Test
    void aDrawThatFindsTheStoreAtAnEarlierRevisionStartsAnewAndIsServed() throws Exception {
        goBack();
        serve("b.test", "new");

        assertEquals("new", drawn.says("b.test"));
        Drawn.until(() -> says("a.test").equals("put back"));
        assertEquals(List.of(), drawn.log);
    }

    @Test
    void aListenerSetThatFindsTheStoreAtAnEarlierRevisionIsDrawnFromIt() throws Exception {
        goBack();
        drawn.listeners.clear();
        store.listeners = "{\"kind\":\"Listener\",\"name\":\"other\",\"port\":8081}";

        store.tell("revision", "{\"revision\":50,\"listeners\":true}");

        assertEquals("other", drawn.listeners.poll(10, TimeUnit.SECONDS).getFirst().name());
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
}
