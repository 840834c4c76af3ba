package dev.wick.store.follow;

import static dev.wick.store.TestStore.GATEWAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.store.TestStore;
import dev.wick.store.revision.Key;
import dev.wick.store.slice.HostName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is let go of followers that are gone, and of gateways that were only named. */
class ForgottenTest {

    private static final Key KEY = new Key("Cluster", "c");
    private static final HostName HOST = new HostName("http", "", "a.com");

    @TempDir Path folder;
    private TestStore store;

    @BeforeEach
    void open() {
        store = new TestStore(folder);
        store.apply(TestStore.cluster("c", 1));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Holdings holdings(long revision) {
        return new Holdings("i", store.keep.epoch(), revision, List.of(HOST), List.of(KEY));
    }

    @Test
    void nothingIsHeldForAFollowerThatIsGone() {
        GatewayFollowers home = new GatewayFollowers(GATEWAY, store.keep);
        Follower follower = home.join(holdings(1));
        Follower next = home.join(new Holdings("i", "", 0, List.of(), List.of()));
        next.close();

        assertFalse(home.hold(follower, KEY));
        assertFalse(home.hold(next, KEY));
        Missed missed = new Missed(Set.of(KEY), Set.of());
        assertEquals(Map.of(), home.concerned(1, missed).documents());
    }

    @Test
    void aGatewayIsUsedWhileSomebodyFollowsOrHasJustDrawn() {
        GatewayFollowers home = new GatewayFollowers(GATEWAY, store.keep);
        assertTrue(home.isUnused());
        home.draws("i", HOST, 1_000);
        assertFalse(home.isUnused());
        home.forget(40_000);
        assertTrue(home.isUnused());
        Follower follower = home.join(holdings(1));
        assertFalse(home.isUnused());
        follower.close();
        home.concerned(1, null);
        assertTrue(home.isUnused());
    }

    @Test
    void gatewaysThatNobodyFollowsAnyMoreAreForgotten() throws Exception {
        for (int i = 0; i < 100; i++) {
            store.followers.drop("d" + i, "i", List.of(HOST), List.of(KEY));
            Feed watch = store.followers.watch("w" + i, 1, false);
            Feed follow =
                    store.followers.follow("f" + i, new Holdings("i", "", 0, List.of(), List.of()));
            watch.close();
            follow.close();
        }

        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (store.followers.remembered() > 0 && System.nanoTime() < end) {
            Thread.sleep(20); // a clock looks once a second
        }
        assertEquals(0, store.followers.remembered());
    }

    @Test
    void whoKnowsOfARevisionThatIsStillToComeStartsAnew() throws Exception {
        Feed feed = store.followers.follow(GATEWAY, holdings(7));

        Told told = feed.poll();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (told == null && System.nanoTime() < end) {
            Thread.onSpinWait();
            told = feed.poll();
        }
        Told.Reset reset = assertInstanceOf(Told.Reset.class, told);
        assertEquals(1, reset.revision());
    }
}
