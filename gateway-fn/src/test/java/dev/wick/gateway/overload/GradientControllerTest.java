package dev.wick.gateway.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.observe.ConcurrencyMetrics;
import dev.wick.gateway.observe.Metric;
import dev.wick.gateway.observe.MetricSet;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The numbers are those of Envoy's formula and of its histograms, with a clock by hand. */
class GradientControllerTest {

    private static final long MILLIS = 1_000_000;
    private static final long SECONDS = 1_000 * MILLIS;

    private final MetricSet metrics = ConcurrencyMetrics.of("x", 2);
    private long now = 42 * SECONDS;

    private GradientController controller(GradientSettings settings) {
        return new GradientController(settings, metrics, 2, new SplittableRandom(1), now);
    }

    /** Measured by 5 requests, each window 100 ms, anew after 30 s. */
    private static GradientSettings settings(int least, double buffer) {
        return new GradientSettings(0.5, 1_000, 100 * MILLIS, 30 * SECONDS, 0, 5, 0, least, buffer);
    }

    /** Requests one after the other, each of which takes so long. */
    private void run(GradientController controller, int requests, long millis) {
        for (int i = 0; i < requests; i++) {
            assertTrue(controller.admits(0, now));
            controller.answered(0, now, now + millis * MILLIS);
        }
    }

    /** A window of such requests; the limit that comes of it. */
    private int window(GradientController controller, long millis) {
        run(controller, 5, millis);
        now += 100 * MILLIS + millis * MILLIS;
        assertTrue(controller.admits(0, now));
        controller.abandoned();
        return controller.limit();
    }

    private long told(Metric metric) {
        return metrics.value(metric);
    }

    @Test
    void firstTheBestLatencyIsMeasuredAtTheLeastLimit() {
        GradientController controller = controller(settings(3, 0.25));
        for (int i = 0; i < 3; i++) {
            assertTrue(controller.admits(0, now));
        }
        assertFalse(controller.admits(1, now));
        assertEquals(1, told(ConcurrencyMetrics.RQ_BLOCKED));
        assertEquals(1, told(ConcurrencyMetrics.MIN_RTT_CALCULATION_ACTIVE));
        assertEquals(3, told(ConcurrencyMetrics.CONCURRENCY_LIMIT));
        for (int i = 0; i < 3; i++) {
            controller.answered(1, now, now + 13 * MILLIS);
        }
        run(controller, 2, 13);
        assertEquals(0, told(ConcurrencyMetrics.MIN_RTT_CALCULATION_ACTIVE));
        assertEquals(13, told(ConcurrencyMetrics.MIN_RTT_MSECS));
    }

    @Test
    void oneThatIsAbandonedMakesRoom() {
        GradientController controller = controller(settings(3, 0.25));
        for (int i = 0; i < 3; i++) {
            assertTrue(controller.admits(0, now));
        }
        assertFalse(controller.admits(0, now));
        controller.abandoned();
        assertTrue(controller.admits(0, now));
        assertFalse(controller.admits(0, now));
    }

    @Test
    void theMedianOfWhatIsMeasuredIsTheBest() {
        GradientController controller = controller(settings(3, 0.25));
        for (int millis = 1; millis <= 5; millis++) {
            run(controller, 1, millis);
        }
        assertEquals(3, told(ConcurrencyMetrics.MIN_RTT_MSECS));
    }

    /**
     * 5 ms five times are 5050 us by the histogram, with the buffer 7575; 6 ms are 6050, so the
     * gradient is 1.25207.
     */
    @Test
    void theLimitGrowsByGradientAndHeadroomWhileLatencyIsGood() {
        GradientController controller = controller(settings(3, 0.5));
        run(controller, 5, 5);
        List<Integer> limits = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            limits.add(window(controller, 6));
        }
        assertEquals(List.of(5, 8, 13, 20), limits);
        assertEquals(1_252, told(ConcurrencyMetrics.GRADIENT));
        assertEquals(4, told(ConcurrencyMetrics.BURST_QUEUE_SIZE));
        assertEquals(20, told(ConcurrencyMetrics.CONCURRENCY_LIMIT));
        assertEquals(6, told(ConcurrencyMetrics.SAMPLE_RTT_MSECS));
    }

    @Test
    void theLimitIsHalvedAtMostAndNeverLessThanTheLeast() {
        GradientController controller = controller(settings(3, 0.5));
        run(controller, 5, 5);
        for (int i = 0; i < 4; i++) {
            window(controller, 6);
        }
        List<Integer> limits = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            limits.add(window(controller, 200));
        }
        assertEquals(List.of(13, 9, 6, 4, 3, 3), limits);
        assertEquals(500, told(ConcurrencyMetrics.GRADIENT));
    }

    @Test
    void theLimitIsNeverMoreThanTheMost() {
        GradientController controller =
                controller(
                        new GradientSettings(
                                0.5, 10, 100 * MILLIS, 30 * SECONDS, 0, 5, 0, 3, 0.25));
        run(controller, 5, 50);
        int limit = 0;
        for (int i = 0; i < 5; i++) {
            limit = window(controller, 1);
        }
        assertEquals(10, limit);
        assertEquals(2_000, told(ConcurrencyMetrics.GRADIENT));
    }

    @Test
    void aWindowWithoutRequestsChangesNothing() {
        GradientController controller = controller(settings(3, 0.5));
        run(controller, 5, 5);
        int limit = window(controller, 6);
        now += SECONDS;
        assertTrue(controller.admits(0, now));
        controller.abandoned();
        assertEquals(limit, controller.limit());
    }

    @Test
    void theBestIsMeasuredAnewAndTheLimitComesBack() {
        GradientController controller = controller(settings(3, 0.5));
        run(controller, 5, 5);
        int limit = window(controller, 6);
        now += 31 * SECONDS;
        run(controller, 1, 13);
        assertEquals(3, controller.limit());
        assertEquals(1, told(ConcurrencyMetrics.MIN_RTT_CALCULATION_ACTIVE));
        run(controller, 4, 13);
        assertEquals(limit, controller.limit());
        assertEquals(13, told(ConcurrencyMetrics.MIN_RTT_MSECS));
    }

    @Test
    void aLoopThatSawTheSameDueALittleLaterDoesNotBeginAnew() {
        GradientController controller = controller(settings(3, 0.5));
        run(controller, 5, 5);
        int limit = window(controller, 6);
        now += 31 * SECONDS;
        run(controller, 1, 13);
        controller.update(1, now);
        run(controller, 4, 13);
        assertEquals(limit, controller.limit());
        assertEquals(0, told(ConcurrencyMetrics.MIN_RTT_CALCULATION_ACTIVE));
    }

    @Test
    void requestsThatBeganBeforeItIsMeasuredDoNotCount() {
        GradientController controller = controller(settings(3, 0.5));
        run(controller, 5, 5);
        window(controller, 6);
        long before = now;
        for (int i = 0; i < 5; i++) {
            assertTrue(controller.admits(0, before));
        }
        now += 31 * SECONDS;
        assertFalse(controller.admits(0, now));
        for (int i = 0; i < 5; i++) {
            controller.answered(0, before, now);
        }
        assertEquals(1, told(ConcurrencyMetrics.MIN_RTT_CALCULATION_ACTIVE));
        assertEquals(5, told(ConcurrencyMetrics.MIN_RTT_MSECS));
    }

    @Test
    void fiveWindowsAtTheLeastAndTheBestIsNotBelieved() {
        GradientController controller = controller(settings(7, 0));
        run(controller, 5, 5);
        for (int i = 0; i < 4; i++) {
            assertEquals(7, window(controller, 100));
            assertEquals(0, told(ConcurrencyMetrics.MIN_RTT_CALCULATION_ACTIVE), "window " + i);
        }
        window(controller, 100);
        assertEquals(1, told(ConcurrencyMetrics.MIN_RTT_CALCULATION_ACTIVE));
        run(controller, 5, 100);
        assertEquals(105, told(ConcurrencyMetrics.MIN_RTT_MSECS));
        assertEquals(9, window(controller, 100));
    }

    @Test
    void jitterPutsTheNextMeasurementOff() {
        GradientController controller =
                controller(
                        new GradientSettings(
                                0.5, 1_000, 100 * MILLIS, 30 * SECONDS, 0, 5, 1, 3, 0.25));
        run(controller, 5, 5);
        long end = now + 60 * SECONDS;
        long begun = 0;
        while (now <= end && begun == 0) {
            now += 100 * MILLIS;
            assertTrue(controller.admits(0, now));
            controller.abandoned();
            begun = told(ConcurrencyMetrics.MIN_RTT_CALCULATION_ACTIVE) == 1 ? now : 0;
        }
        long after = (begun - 42 * SECONDS) / SECONDS;
        assertTrue(after > 30 && after <= 60, "after " + after + " s");
    }

    @Test
    void aLatencyThatIsSaidIsNotMeasured() {
        GradientController controller =
                controller(new GradientSettings(0.5, 1_000, 100 * MILLIS, 0, 5_050, 50, 0, 3, 0.5));
        assertEquals(5, window(controller, 6));
        assertEquals(8, window(controller, 6));
        assertEquals(0, told(ConcurrencyMetrics.MIN_RTT_CALCULATION_ACTIVE));
    }
}
