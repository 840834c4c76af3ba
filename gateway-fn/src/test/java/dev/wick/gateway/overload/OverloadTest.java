package dev.wick.gateway.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.client.Loops;
import dev.wick.gateway.observe.Metrics;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OverloadTest {

    private static final long MILLIS = 1_000_000;

    private final Loops loops = Loops.start(1);
    private final Dial dial = new Dial();
    private final Overload overload =
            new Overload(OverloadSettings.DEFAULT, List.of(dial), loops.loop(0), 2);
    private long now = 1_000 * MILLIS;

    /** Full as it is told. */
    private static final class Dial implements Monitor {
        volatile double pressure;
        volatile int looks;
        private final Thread test = Thread.currentThread();
        private int looksOfTest;

        @Override
        public String name() {
            return "dial";
        }

        @Override
        public synchronized double pressure(long nowNanos) {
            looks++;
            looksOfTest += Thread.currentThread() == test ? 1 : 0;
            return pressure;
        }
    }

    @AfterEach
    void close() {
        loops.close();
    }

    /** Who comes while the timer looks does not look: until we have looked ourselves. */
    private void at(double pressure) {
        dial.pressure = pressure;
        int before = dial.looksOfTest;
        while (dial.looksOfTest == before) {
            now += 10 * MILLIS;
            overload.look(0, now);
        }
    }

    /** Of a thousand requests, so many percent are shed. */
    private long shed() {
        int shed = 0;
        for (int i = 0; i < 1_000; i++) {
            shed += overload.sheds(1, now) ? 1 : 0;
        }
        return Math.round(shed / 10.0);
    }

    @Test
    void eachLoopLooksTenTimesInAMillisecondAtMost() {
        overload.look(0, now);
        overload.look(0, now + MILLIS / 20);
        overload.look(1, now + MILLIS / 20);
        overload.look(0, now + MILLIS / 10);
        assertEquals(3, dial.looks);
    }

    @Test
    void requestsAreShedTheMoreTheFullerMemoryIs() {
        at(0.84);
        assertEquals(0, shed());
        at(0.90);
        long half = shed();
        assertTrue(half > 30 && half < 70, half + " %");
        at(0.96);
        assertEquals(100, shed());
        at(0.5);
        assertEquals(0, shed());
    }

    @Test
    void connectionsEndBeforeRequestsAreShed() {
        at(0.79);
        assertFalse(overload.endsConnection());
        at(0.92);
        assertTrue(overload.endsConnection());
        assertTrue(overload.accepts());
        at(0.95);
        assertFalse(overload.accepts());
    }

    @Test
    void theEndIsSeenThoughNobodyAsks() throws Exception {
        LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
        overload.relief(
                new Relief() {
                    @Override
                    public void accepting(boolean accepting) {
                        told.add(accepting ? "open" : "shut");
                    }

                    @Override
                    public void cut(double share) {
                        told.add("cut " + share);
                    }
                });
        at(0.99);
        assertEquals("shut", told.poll(5, TimeUnit.SECONDS));
        assertEquals("cut 1.0", told.poll(5, TimeUnit.SECONDS));
        dial.pressure = 0.5;
        String next = told.poll(5, TimeUnit.SECONDS);
        while ("cut 1.0".equals(next)) {
            next = told.poll(5, TimeUnit.SECONDS);
        }
        assertEquals("open", next);
    }

    @Test
    void envoysNumbersTellOfIt() throws IOException {
        Metrics metrics = new Metrics();
        overload.register(metrics);
        at(0.96);
        overload.countCut();
        StringBuilder lines = new StringBuilder();
        metrics.lines(lines);
        String text = lines.toString();
        String actions = "overload.envoy.overload_actions.";
        assertTrue(text.contains("overload.dial.pressure: 96\n"), text);
        assertTrue(text.contains(actions + "stop_accepting_requests.active: 1\n"), text);
        assertTrue(text.contains(actions + "stop_accepting_connections.active: 1\n"), text);
        assertTrue(text.contains("reset_high_memory_stream.count: 1\n"), text);
        at(0.9);
        lines.setLength(0);
        metrics.lines(lines);
        text = lines.toString();
        assertTrue(text.contains(actions + "stop_accepting_requests.active: 0\n"), text);
        assertTrue(text.contains(actions + "stop_accepting_requests.scale_percent: 50\n"), text);
    }
}
