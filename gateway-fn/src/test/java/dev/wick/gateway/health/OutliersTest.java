package dev.wick.gateway.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.balance.Attributes;
import dev.wick.gateway.balance.Member;
import dev.wick.gateway.client.Loop;
import dev.wick.gateway.client.Loops;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.MetricSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OutliersTest {

    private static final OutlierSettings.Enforcing ALL =
            new OutlierSettings.Enforcing(100, 100, 100, 100, 100, 100, 100);

    private final Loops loops = Loops.start(1);
    private final Loop loop = loops.loop(0);
    private final MetricSet metrics = ClusterMetrics.of("c", 1);
    private final AtomicInteger changes = new AtomicInteger();
    private final Member[] members = new Member[10];

    @AfterEach
    void stop() {
        loops.close();
    }

    private Outliers outliers(OutlierSettings settings) {
        for (int i = 0; i < members.length; i++) {
            members[i] = new Named("10.0.0." + i + ":80");
        }
        Outliers made = new Outliers(loop, settings, metrics, changes::incrementAndGet);
        made.members(members);
        return made;
    }

    @Test
    void aRowOf5xxEjectsAHostUntilItsTimeIsOver() throws Exception {
        Outliers outliers = outliers(settings(10, 50, ALL, false));
        answers(outliers, 0, 500, 500, 200, 500, 500);
        assertTrue(members[0].healthy());

        answers(outliers, 0, 500);

        assertFalse(members[0].healthy());
        assertEquals(1, metrics.value(ClusterMetrics.EJECTIONS_ENFORCED_CONSECUTIVE_5XX));
        until(() -> members[0].healthy());
        until(() -> metrics.value(ClusterMetrics.EJECTIONS_ACTIVE) == 0);
    }

    @Test
    void aHostThatIsGoneIsNotEjectedForWhatStillRunsThere() throws Exception {
        Outliers outliers = outliers(settings(100, 60_000, ALL, false));
        CompletableFuture<Monitor> known = new CompletableFuture<>();
        onLoop(() -> known.complete(outliers.monitor(members[9])));
        outliers.members(java.util.Arrays.copyOf(members, 9));

        onLoop(
                () -> {
                    for (int i = 0; i < 3; i++) {
                        outliers.answered(0, known.join(), 500);
                    }
                });
        onLoop(() -> {});

        assertEquals(0, metrics.value(ClusterMetrics.EJECTIONS_ACTIVE));
        assertTrue(members[9].healthy());
    }

    @Test
    void noMoreThanTheShareOfHostsIsEjected() throws Exception {
        Outliers outliers = outliers(settings(20, 60_000, ALL, false));
        for (int host = 0; host < 3; host++) {
            answers(outliers, host, 500, 500, 500);
        }

        assertFalse(members[0].healthy());
        assertFalse(members[1].healthy());
        assertTrue(members[2].healthy());
        assertEquals(1, metrics.value(ClusterMetrics.EJECTIONS_OVERFLOW));
    }

    @Test
    void whatIsNotEnforcedIsCountedOnly() throws Exception {
        OutlierSettings.Enforcing none = new OutlierSettings.Enforcing(0, 0, 0, 0, 0, 0, 0);
        Outliers outliers = outliers(settings(100, 60_000, none, false));
        answers(outliers, 0, 503, 503, 503);

        assertTrue(members[0].healthy());
        assertEquals(1, metrics.value(ClusterMetrics.EJECTIONS_DETECTED_CONSECUTIVE_5XX));
        assertEquals(
                1, metrics.value(ClusterMetrics.EJECTIONS_DETECTED_CONSECUTIVE_GATEWAY_FAILURE));
    }

    @Test
    void aHostThatIsWorseThanTheOthersIsEjectedAtTheNextLook() throws Exception {
        Outliers outliers = outliers(settings(10, 60_000, ALL, false));
        for (int host = 0; host < members.length; host++) {
            for (int i = 0; i < 5; i++) {
                answers(outliers, host, 200, host == 7 ? 500 : 200);
            }
        }

        until(() -> !members[7].healthy());
        assertEquals(1, metrics.value(ClusterMetrics.EJECTIONS_ENFORCED_SUCCESS_RATE));
        assertTrue(members[6].healthy());
    }

    @Test
    void failuresToReachAHostCountByThemselvesWhereThatIsAskedFor() throws Exception {
        Outliers outliers = outliers(settings(10, 60_000, ALL, true));
        onLoop(
                () -> {
                    Monitor monitor = outliers.monitor(members[3]);
                    for (int i = 0; i < 3; i++) {
                        outliers.unreached(0, monitor, i == 0 ? 504 : 503);
                    }
                });

        assertFalse(members[3].healthy());
        assertEquals(
                1,
                metrics.value(ClusterMetrics.EJECTIONS_ENFORCED_CONSECUTIVE_LOCAL_ORIGIN_FAILURE));
        assertEquals(0, metrics.value(ClusterMetrics.EJECTIONS_DETECTED_CONSECUTIVE_5XX));
    }

    @Test
    void aCheckThatSucceedsEndsAnEjection() throws Exception {
        Outliers outliers = outliers(settings(10, 60_000, ALL, false));
        answers(outliers, 0, 500, 500, 500);
        assertFalse(members[0].healthy());

        onLoop(() -> outliers.checked(members[0]));

        assertTrue(members[0].healthy());
    }

    @Test
    void whenDetectionEndsSoDoEjections() throws Exception {
        Outliers outliers = outliers(settings(10, 60_000, ALL, false));
        answers(outliers, 0, 500, 500, 500);

        outliers.stop();

        assertTrue(members[0].healthy());
    }

    @Test
    void aSuccessEndsTheRowOfGatewayFailuresThoughThatOf5xxIsOver() throws Exception {
        OutlierSettings settings =
                new OutlierSettings(
                        3, 5, 3, 60_000, 60_000, 60_000, 0, 0, false, false, true, ALL, 3, 10,
                        1_900, 100, 3, 10);
        Outliers outliers = outliers(settings);

        answers(outliers, 0, 503, 503, 503, 200, 503, 503);

        assertEquals(1, metrics.value(ClusterMetrics.EJECTIONS_DETECTED_CONSECUTIVE_5XX));
        assertEquals(
                0, metrics.value(ClusterMetrics.EJECTIONS_DETECTED_CONSECUTIVE_GATEWAY_FAILURE));
    }

    @Test
    void aStatusOfNoClassIsASuccess() throws Exception {
        OutlierSettings settings =
                new OutlierSettings(
                        3, 5, 3, 60_000, 60_000, 60_000, 0, 0, false, false, true, ALL, 3, 10,
                        1_900, 100, 3, 10);
        Outliers outliers = outliers(settings);

        answers(outliers, 0, 599, 599, 600, 599, 999);

        assertEquals(0, metrics.value(ClusterMetrics.EJECTIONS_DETECTED_CONSECUTIVE_5XX));
    }

    @Test
    void ejectionsInARowCountNoFurtherThanTheLongestEjection() throws Exception {
        OutlierSettings settings =
                new OutlierSettings(
                        3, 5, 3, 600_000, 60_000, 120_000, 0, 100, false, false, true, ALL, 3, 10,
                        1_900, 100, 3, 10);
        Outliers outliers = outliers(settings);
        for (int i = 0; i < 10; i++) {
            answers(outliers, 0, 500, 500, 500);
            onLoop(() -> outliers.checked(members[0]));
        }

        assertEquals(3, outliers.monitor(members[0]).ejectionsInRow);
    }

    /** Rows of three; looked at every 20 ms; rates of ten requests on three hosts. */
    private static OutlierSettings settings(
            int most, long ejection, OutlierSettings.Enforcing enforcing, boolean split) {
        return new OutlierSettings(
                3, 3, 3, 20, ejection, ejection, 0, most, false, split, true, enforcing, 3, 10,
                1_900, 100, 3, 10);
    }

    private void answers(Outliers outliers, int host, int... statuses) throws Exception {
        onLoop(
                () -> {
                    Monitor monitor = outliers.monitor(members[host]);
                    for (int status : statuses) {
                        outliers.answered(0, monitor, status);
                    }
                });
    }

    private void onLoop(Runnable task) throws Exception {
        CompletableFuture.runAsync(task, loop).get();
    }

    private static void until(BooleanSupplier met) throws InterruptedException {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!met.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not met within 20 seconds");
            Thread.sleep(2);
        }
    }

    private static final class Named extends Member {

        private final String text;

        Named(String text) {
            super(Attributes.DEFAULT);
            this.text = text;
        }

        @Override
        public int active() {
            return 0;
        }

        @Override
        public String text() {
            return text;
        }
    }
}
