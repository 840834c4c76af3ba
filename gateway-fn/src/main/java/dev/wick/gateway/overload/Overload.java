package dev.wick.gateway.overload;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.observe.Metrics;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Envoy's overload manager: what is shed while memory runs short. Any thread.
 *
 * <p>It has no thread and, as long as nothing is short, no timer: those who are about to use memory
 * say so, and each event loop looks ten times in a millisecond at most. Only while something is
 * shed a timer looks too, so that its end is seen where nobody asks for anything.
 */
public final class Overload {

    private static final long LOOK_NANOS = 100_000;

    /** From one cut of answers to the next, at least. */
    private static final long CUT_NANOS = 1_000_000;

    /** Envoy's {@code refresh_interval} is a second; a heap fills faster. */
    private static final long REFRESH_MILLIS = 250;

    /** Places in an array that no two loops share a cache line. */
    private static final int STRIDE = 8;

    private final OverloadSettings settings;
    private final double lowest;
    private final List<Monitor> monitors;
    private final Loop timer;
    private final long[] lookedNanos;
    private final AtomicBoolean reading = new AtomicBoolean();
    private final LongAdder cut = new LongAdder();
    private final double[] pressures;
    private final AtomicBoolean timing = new AtomicBoolean();
    private volatile double keepAlive;
    private volatile double requests;
    private volatile double streams;
    private volatile double connections;
    private volatile long cutNanos;
    private volatile @Nullable Relief relief;

    /**
     * @param timer the loop whose timer looks while something is shed
     * @param loops how many event loops there are
     */
    public Overload(OverloadSettings settings, List<Monitor> monitors, Loop timer, int loops) {
        this.settings = settings;
        this.lowest = settings.lowest();
        this.monitors = List.copyOf(monitors);
        this.pressures = new double[monitors.size()];
        this.timer = timer;
        this.lookedNanos = new long[loops * STRIDE];
    }

    /** Of this process. */
    public static Overload of(OverloadSettings settings, Loop timer, int loops) {
        double minded = settings.lowest();
        return new Overload(
                settings,
                List.of(new HeapMonitor(minded), new DirectMonitor(minded)),
                timer,
                loops);
    }

    /** Who does what can be done. */
    public void relief(Relief who) {
        relief = who;
    }

    /**
     * Somebody is about to use memory; called on loop {@code loop}.
     *
     * @param nowNanos of {@link System#nanoTime}
     */
    public void look(int loop, long nowNanos) {
        int place = loop * STRIDE;
        if (nowNanos - lookedNanos[place] >= LOOK_NANOS) {
            lookedNanos[place] = nowNanos;
            read(nowNanos);
        }
    }

    /**
     * Whether a request is shed; called on loop {@code loop}.
     *
     * @param nowNanos of {@link System#nanoTime}
     */
    public boolean sheds(int loop, long nowNanos) {
        look(loop, nowNanos);
        return falls(requests);
    }

    /** A client is slower than its host, so that some of an answer is kept for it. */
    public void kept(int loop) {
        long now = System.nanoTime();
        look(loop, now);
        Relief who = relief;
        if (streams > 0 && who != null && now - cutNanos >= CUT_NANOS) {
            cutNanos = now;
            who.cut(streams);
        }
    }

    /** The same of a request of which a part has come, and is kept: looks in any case. */
    public boolean shedsPart() {
        read(System.nanoTime());
        return falls(requests);
    }

    /** Whether a connection is to end with the answer that is about to be sent. */
    public boolean endsConnection() {
        return falls(keepAlive);
    }

    /** Whether connections are accepted. */
    public boolean accepts() {
        return connections < 1;
    }

    /** An answer was cut. */
    public void countCut() {
        cut.increment();
    }

    private static boolean falls(double value) {
        return value > 0 && (value >= 1 || ThreadLocalRandom.current().nextDouble() < value);
    }

    private void read(long nowNanos) {
        if (!reading.compareAndSet(false, true)) {
            return;
        }
        try {
            double most = 0;
            for (int i = 0; i < pressures.length; i++) {
                pressures[i] = monitors.get(i).pressure(nowNanos);
                most = Math.max(most, pressures[i]);
            }
            act(most);
        } finally {
            reading.set(false);
        }
    }

    private void act(double pressure) {
        if (pressure < lowest && !anything()) {
            return;
        }
        boolean accepted = accepts();
        keepAlive = value(OverloadAction.DISABLE_HTTP_KEEPALIVE, pressure);
        requests = value(OverloadAction.STOP_ACCEPTING_REQUESTS, pressure);
        streams = value(OverloadAction.RESET_HIGH_MEMORY_STREAM, pressure);
        connections = value(OverloadAction.STOP_ACCEPTING_CONNECTIONS, pressure);
        Relief who = relief;
        if (who != null && accepted != accepts()) {
            who.accepting(accepts());
        }
        watch();
    }

    private double value(OverloadAction action, double pressure) {
        return settings.trigger(action).value(pressure);
    }

    private boolean anything() {
        return keepAlive > 0 || requests > 0 || streams > 0 || connections > 0;
    }

    /** On the timer's loop. */
    private void refresh() {
        read(System.nanoTime());
        Relief who = relief;
        if (who != null && streams > 0) {
            who.cut(streams);
        }
        if (anything()) {
            timer.schedule(REFRESH_MILLIS, this::refresh);
        } else {
            timing.set(false);
            watch();
        }
    }

    private void watch() {
        if (anything() && timing.compareAndSet(false, true)) {
            timer.schedule(0, this::refresh);
        }
    }

    /** Adds what Envoy tells of its overload manager. */
    public void register(Metrics metrics) {
        for (int i = 0; i < pressures.length; i++) {
            int place = i;
            metrics.gauge(
                    "overload." + monitors.get(i).name() + ".pressure",
                    "How full it is, in percent",
                    () -> pressure(place));
        }
        for (OverloadAction action : OverloadAction.values()) {
            String name = "overload.envoy.overload_actions." + action.text();
            metrics.gauge(
                    name + ".active",
                    "1 where all is done that the action can do",
                    () -> done(action) >= 1 ? 1 : 0);
            metrics.gauge(
                    name + ".scale_percent",
                    "How much of it is done, in percent",
                    () -> (long) (100 * done(action)));
        }
        metrics.counter(
                "envoy.overload_actions.reset_high_memory_stream.count",
                "Answers that were cut for what was kept of them",
                cut::sum);
    }

    private long pressure(int place) {
        read(System.nanoTime());
        return Math.round(100 * pressures[place]);
    }

    private double done(OverloadAction action) {
        return switch (action) {
            case DISABLE_HTTP_KEEPALIVE -> keepAlive;
            case STOP_ACCEPTING_REQUESTS -> requests;
            case RESET_HIGH_MEMORY_STREAM -> streams;
            case STOP_ACCEPTING_CONNECTIONS -> connections;
        };
    }
}
