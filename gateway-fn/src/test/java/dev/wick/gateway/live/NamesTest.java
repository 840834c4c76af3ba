package dev.wick.gateway.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.client.Loops;
import dev.wick.gateway.snapshot.HostSnapshot;
import dev.wick.gateway.upstream.Cluster;
import dev.wick.route.RouteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NamesTest {

    private static final long UNKNOWN_MILLIS = 50;

    private final Loops loops = Loops.start(2);
    private final List<String> drawn = new CopyOnWriteArrayList<>();
    private final Live live = live(new LiveLimits(32, 16, UNKNOWN_MILLIS, 3));
    private final Names names = live.names("http", "");

    @AfterEach
    void close() {
        loops.close();
    }

    private Live live(LiveLimits limits) {
        return new Live((into, host) -> drawn.add(host), limits);
    }

    private CompletableFuture<Held> await(String host) {
        CompletableFuture<Held> held = new CompletableFuture<>();
        names.await(host, loops.loop(0), held::complete);
        return held;
    }

    private static Held.Serving serving() {
        return new Held.Serving(
                new HostSnapshot(
                        "a.test", "a", 1, new RouteTable(List.of(), List.of()), new Cluster[0]));
    }

    private static Held of(CompletableFuture<Held> held) throws Exception {
        return held.get(5, TimeUnit.SECONDS);
    }

    @Test
    void aMissIsDrawnOnceForAllWhoWait() throws Exception {
        CompletableFuture<Held> first = await("a.test");
        CompletableFuture<Held> second = await("a.test");
        Held.Serving offered = serving();

        names.offer("a.test", offered);

        assertSame(offered, of(first));
        assertSame(offered, of(second));
        assertEquals(List.of("a.test"), drawn);
        assertEquals(0, live.waiting());
    }

    @Test
    void whatIsOfferedBetweenAMissAndItsWaitIsFound() throws Exception {
        assertNull(names.held("a.test"));
        Held.Serving offered = serving();
        names.offer("a.test", offered);

        CompletableFuture<Held> late = await("a.test");

        assertSame(offered, of(late));
        assertEquals(List.of(), drawn);
        assertEquals(0, live.waiting());
    }

    @Test
    void anOfferTakesThePlaceOfWhatIsHeld() {
        names.offer("a.test", serving());
        Held.Serving newer = serving();

        names.offer("a.test", newer);

        assertSame(newer, names.held("a.test"));
        assertEquals(1, live.serving());
    }

    @Test
    void anUnknownHostIsRememberedForAWhileOnly() throws Exception {
        names.offerUnknown("x.test");
        assertNotNull(names.held("x.test"));

        while (names.held("x.test") != null) {
            Thread.sleep(5);
        }

        await("x.test");
        assertEquals(List.of("x.test"), drawn);
    }

    @Test
    void whatCannotBeKnownNowIsNotRemembered() throws Exception {
        CompletableFuture<Held> waits = await("a.test");

        names.unavailable("a.test", 7);

        assertEquals(7, of(waits).retryAfterSeconds());
        assertNull(names.held("a.test"));
        await("a.test");
        assertEquals(List.of("a.test", "a.test"), drawn);
    }

    @Test
    void whatIsHeldStaysWhenItCannotBeDrawnAnew() {
        Held.Serving held = serving();
        names.offer("a.test", held);

        names.unavailable("a.test", 7);

        assertSame(held, names.held("a.test"));
    }

    @Test
    void moreWaitersThanAllowedAreAnsweredAtOnce() throws Exception {
        List<CompletableFuture<Held>> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiting.add(await("host" + i + ".test"));
        }

        Held refused = of(await("one-too-many.test"));

        assertTrue(refused.retryAfterSeconds() > 0);
        assertEquals(3, drawn.size());
        names.offerUnknown("host0.test");
        assertTrue(of(waiting.get(0)).unknown());
        await("now-there-is-room.test");
        assertEquals(4, drawn.size());
    }

    @Test
    void aWaitThatWasCancelledIsNotToldOf() throws Exception {
        CompletableFuture<Held> cancelled = new CompletableFuture<>();
        CompletableFuture<Held> after = new CompletableFuture<>();
        loops.loop(0)
                .execute(
                        () -> {
                            Wait wait = names.await("a.test", loops.loop(0), cancelled::complete);
                            names.await("a.test", loops.loop(0), after::complete);
                            names.offer("a.test", serving());
                            wait.cancel();
                        });

        assertNotNull(of(after));

        assertTrue(!cancelled.isDone());
    }

    @Test
    void aNameThatIsForgottenIsDrawnAnew() {
        names.offer("a.test", serving());

        names.forget("a.test");

        assertNull(names.held("a.test"));
        assertEquals(0, live.serving());
        await("a.test");
        assertEquals(List.of("a.test"), drawn);
    }

    @Test
    void theColdestGoWhereThereAreTooMany() {
        for (int i = 0; i < 33; i++) {
            names.offer("host" + i + ".test", serving());
        }

        List<String> cold = live.coldest().stream().map(Cold::host).toList();

        assertTrue(live.crowded());
        assertEquals(3, cold.size());
    }

    @Test
    void unknownNamesThatExpiredGoFirst() throws Exception {
        names.offerUnknown("x.test");
        names.offer("a.test", serving());
        while (names.held("x.test") != null) {
            Thread.sleep(5);
        }

        List<String> cold = live.coldest().stream().map(Cold::host).toList();

        assertEquals(List.of("x.test"), cold);
    }
}
