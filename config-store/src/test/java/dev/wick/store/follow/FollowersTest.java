package dev.wick.store.follow;

import static dev.wick.store.TestStore.GATEWAY;
import static dev.wick.store.TestStore.cluster;
import static dev.wick.store.TestStore.host;
import static dev.wick.store.TestStore.listener;
import static dev.wick.store.TestStore.wish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.model.Kind;
import dev.wick.store.TestStore;
import dev.wick.store.admit.Bundle;
import dev.wick.store.revision.Key;
import dev.wick.store.slice.HostName;
import dev.wick.store.slice.Slice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowersTest {

    @TempDir Path folder;
    private TestStore store;

    @BeforeEach
    void open() {
        store = new TestStore(folder);
        store.apply(
                listener("http", 80)
                        + host("a", "a.com", "shared")
                        + host("b", "b.com", "shared")
                        + cluster("shared", 1));
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** Takes what comes, and waits for it. */
    private static final class Reader {
        private final Feed feed;
        private final Semaphore woken = new Semaphore(1);

        Reader(Feed feed) {
            this.feed = feed;
            feed.whenReady(woken::release);
        }

        /** What is told next, beats left out. */
        Told next() throws InterruptedException {
            while (true) {
                Told told = feed.poll();
                if (told != null && !(told instanceof Told.Beat)) {
                    return told;
                }
                if (told == null) {
                    assertTrue(woken.tryAcquire(20, TimeUnit.SECONDS), "nothing was told in 20 s");
                }
            }
        }

        /** The next that is more than a number. */
        Told.Changed changed() throws InterruptedException {
            Told told = next();
            while (told instanceof Told.Number) {
                told = next();
            }
            return assertInstanceOf(Told.Changed.class, told);
        }
    }

    private static HostName name(String host) {
        return new HostName("http", "", host);
    }

    private static Key key(String kind, String name) {
        return new Key(kind, name);
    }

    private Slice draw(String instance, String host) {
        return store.slices.read(GATEWAY, name(host), store.followers.holding(GATEWAY, instance));
    }

    private Reader follow(String instance, long revision, List<HostName> hosts, List<Key> documents)
            throws InterruptedException {
        Holdings holdings = new Holdings(instance, store.keep.epoch(), revision, hosts, documents);
        return new Reader(store.followers.follow(GATEWAY, holdings));
    }

    private Reader follow(String instance) throws InterruptedException {
        Reader reader = follow(instance, store.keep.head(GATEWAY), List.of(), List.of());
        assertInstanceOf(Told.Number.class, reader.next());
        return reader;
    }

    private static List<String> documents(Told.Changed changed) {
        return changed.documents().stream()
                .map(
                        d ->
                                d.key()
                                        + (d.kept() == null
                                                ? " deleted"
                                                : new String(d.kept(), StandardCharsets.UTF_8)
                                                                .contains("\"port\":9")
                                                        ? " 9"
                                                        : ""))
                .sorted()
                .toList();
    }

    @Test
    void aChangeOfWhatIsHeldIsToldWhole() throws Exception {
        Reader reader = follow("i");
        draw("i", "a.com");

        long revision = store.apply(cluster("shared", 9));

        Told.Changed changed = reader.changed();
        assertEquals(revision, changed.revision());
        assertEquals(List.of("Cluster/shared 9"), documents(changed));
        assertEquals(List.of(), changed.hosts());
    }

    @Test
    void aSharedDocumentIsToldOnceHoweverManyHostsUseIt() throws Exception {
        StringBuilder hosts = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            hosts.append(host("h" + i, i + ".com", "shared"));
        }
        store.apply(hosts.toString());
        Reader reader = follow("i");
        for (int i = 0; i < 200; i++) {
            draw("i", i + ".com");
        }

        store.apply(cluster("shared", 9));

        Told.Changed changed = reader.changed();
        assertEquals(List.of("Cluster/shared 9"), documents(changed));
        assertEquals(List.of(), changed.hosts());
    }

    @Test
    void whatIsNotHeldIsANumberAndNumbersAreMerged() throws Exception {
        Reader reader = follow("i");
        draw("i", "a.com");

        long last = 0;
        for (int i = 0; i < 50; i++) {
            last = store.apply(host("h" + i, "h" + i + ".com", "shared"));
        }

        List<Told> told = new ArrayList<>();
        do {
            told.add(reader.next());
        } while (((Told.Number) told.getLast()).revision() < last);
        assertTrue(told.size() < 25, "numbers told: " + told.size());
    }

    @Test
    void anUnknownHostThatBecomesKnownIsTold() throws Exception {
        Reader reader = follow("i");
        draw("i", "new.com");

        store.apply(host("new", "new.com", "shared"));

        assertEquals(List.of(name("new.com")), reader.changed().hosts());
    }

    @Test
    void anUnknownHostThatAWildcardCoversNowIsTold() throws Exception {
        Reader reader = follow("i");
        draw("i", "x.new.com");
        draw("i", "x.new.com:8080");
        draw("i", "a.com");

        store.apply(host("new", "*.new.com", "shared"));

        List<HostName> hosts = new ArrayList<>(reader.changed().hosts());
        hosts.sort((one, other) -> one.host().compareTo(other.host()));
        assertEquals(List.of(name("x.new.com"), name("x.new.com:8080")), hosts);
    }

    @Test
    void aNewExactHostUnderAHeldWildcardIsToldAndItsSiblingsAreNot() throws Exception {
        store.apply(host("wild", "*.w.com", "shared"));
        Reader reader = follow("i");
        draw("i", "x.w.com");
        draw("i", "y.w.com");

        store.apply(host("exact", "x.w.com", "shared"));

        assertEquals(List.of(name("x.w.com")), reader.changed().hosts());
    }

    @Test
    void aWildcardThatShadowsNothingHeldIsANumber() throws Exception {
        Reader reader = follow("i");
        draw("i", "a.com");

        long revision = store.apply(host("any", "*", "shared"));

        Told told = reader.next();
        while (((Told.Number) told).revision() < revision) {
            told = reader.next();
        }
        assertEquals(revision, ((Told.Number) told).revision());
    }

    @Test
    void aHostWhoseWildcardIsDeletedIsTold() throws Exception {
        store.apply(host("wild", "*.w.com", "shared"));
        Reader reader = follow("i");
        draw("i", "x.w.com");

        store.admission.delete(wish(), Bundle.delete(Kind.VIRTUAL_HOST, "wild"));

        Told.Changed changed = reader.changed();
        assertEquals(List.of(name("x.w.com")), changed.hosts());
        assertEquals(List.of("VirtualHost/wild deleted"), documents(changed));
    }

    @Test
    void whatAChangedHostRefersToForTheFirstTimeComesAlongAndIsHeldFromThenOn() throws Exception {
        Reader reader = follow("i");
        draw("i", "a.com");
        store.apply(cluster("fresh", 1));

        store.apply(host("a", "a.com", "fresh"));

        assertEquals(List.of("Cluster/fresh", "VirtualHost/a"), documents(reader.changed()));
        store.apply(cluster("fresh", 9));
        assertEquals(List.of("Cluster/fresh 9"), documents(reader.changed()));
    }

    @Test
    void aBundleIsToldInOnePiece() throws Exception {
        Reader reader = follow("i");
        draw("i", "a.com");

        store.apply(
                host("a", "a.com", "shared").replace("prefix: /", "prefix: /x")
                        + cluster("shared", 9));

        assertEquals(List.of("Cluster/shared 9", "VirtualHost/a"), documents(reader.changed()));
    }

    @Test
    void aChangeOfTheListenerSetIsTold() throws Exception {
        Reader reader = follow("i");

        store.apply(listener("other", 81));

        assertTrue(reader.changed().listeners());
    }

    @Test
    void whoComesBackIsToldWhatHeMissed() throws Exception {
        long before = store.keep.head(GATEWAY);
        store.apply(cluster("shared", 9));
        store.apply(host("new", "new.com", "shared"));
        store.apply(host("far", "far.com", "shared"));

        Reader reader =
                follow(
                        "i",
                        before,
                        List.of(name("a.com"), name("new.com")),
                        List.of(key("VirtualHost", "a"), key("Cluster", "shared")));

        Told.Changed changed = assertInstanceOf(Told.Changed.class, reader.next());
        assertEquals(store.keep.head(GATEWAY), changed.revision());
        assertEquals(List.of(name("new.com")), changed.hosts());
        assertEquals(List.of("Cluster/shared 9"), documents(changed));
    }

    @Test
    void whoComesWithAnotherEpochStartsAnew() throws Exception {
        Holdings holdings = new Holdings("i", "another", 1, List.of(name("a.com")), List.of());

        Reader reader = new Reader(store.followers.follow(GATEWAY, holdings));

        assertEquals(new Told.Reset(store.keep.epoch(), store.keep.head(GATEWAY)), reader.next());
    }

    @Test
    void whatWasDrawnBeforeTheStreamBeganIsHeldToo() throws Exception {
        draw("i", "a.com");
        draw("i", "new.com");
        store.apply(cluster("shared", 9) + host("new", "new.com", "shared"));

        Holdings nothing = new Holdings("i", "", 0, List.of(), List.of());
        Reader reader = new Reader(store.followers.follow(GATEWAY, nothing));

        Told.Changed changed = reader.changed();
        assertEquals(List.of(name("new.com")), changed.hosts());
        assertEquals(List.of("Cluster/shared 9"), documents(changed));
    }

    @Test
    void documentsThatCameToBeHeldLateAreToldWhenTheyChangedMeanwhile() throws Exception {
        Reader reader = follow("i");
        long read = store.keep.head(GATEWAY);
        var holding = store.followers.holding(GATEWAY, "i");
        holding.host(name("a.com"));
        long changed = store.apply(cluster("shared", 9));
        Told told = reader.next();
        while (((Told.Number) told).revision() < changed) {
            told = reader.next();
        }

        holding.documents(read, List.of(key("Cluster", "shared"), key("VirtualHost", "a")));

        assertEquals(List.of("Cluster/shared 9"), documents(reader.changed()));
    }

    @Test
    void whatWasDroppedIsNotToldAnyMore() throws Exception {
        Reader reader =
                follow(
                        "i",
                        store.keep.head(GATEWAY),
                        List.of(name("a.com"), name("b.com")),
                        List.of(key("VirtualHost", "a"), key("VirtualHost", "b")));
        reader.next();
        store.followers.drop(
                GATEWAY, "i", List.of(name("a.com")), List.of(key("VirtualHost", "a")));

        store.admission.delete(wish(), Bundle.delete(Kind.VIRTUAL_HOST, "a"));
        store.admission.delete(wish(), Bundle.delete(Kind.VIRTUAL_HOST, "b"));

        Told.Changed changed = reader.changed();
        assertEquals(List.of(name("b.com")), changed.hosts());
        assertEquals(List.of("VirtualHost/b deleted"), documents(changed));
    }

    @Test
    void aSecondStreamOfAnInstanceEndsTheFirst() throws Exception {
        Reader first = follow("i");

        Reader second = follow("i");

        assertTrue(first.feed.ended());
        draw("i", "a.com");
        store.apply(cluster("shared", 9));
        assertNotNull(second.changed());
        first.feed.close();
        assertTrue(store.followers.follows(GATEWAY, "i"));
        second.feed.close();
        assertTrue(!store.followers.follows(GATEWAY, "i"));
    }

    @Test
    void aWatchTellsEveryRevisionInOrder() throws Exception {
        Reader reader = new Reader(store.followers.watch(GATEWAY, 1, false));
        for (int i = 0; i < 20; i++) {
            store.apply(cluster("c" + i, 1));
        }

        for (long revision = 1; revision <= 21; revision++) {
            assertEquals(revision, ((Told.Happened) reader.next()).record().revision());
        }
    }

    @Test
    void aWatchThatIsToBeginAnewSaysSoFirst() throws Exception {
        Reader reader = new Reader(store.followers.watch(GATEWAY, 1, true));

        assertInstanceOf(Told.Reset.class, reader.next());
        store.apply(cluster("c", 1));
        assertEquals(2, ((Told.Happened) reader.next()).record().revision());
    }
}
