package dev.wick.gateway.health;

import dev.wick.gateway.balance.Member;
import dev.wick.gateway.client.Loop;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.MetricSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Envoy's outlier detection for one cluster: hosts that answer worse than they should are ejected
 * for a while. Answers come in on any loop; what follows from them is decided under a lock, which
 * an answer takes only where it completes a row of failures.
 *
 * <p>The statistics are looked at once an interval, but only while there are answers or ejected
 * hosts: an instance without traffic is not woken.
 *
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/outlier">Envoy's
 *     outlier detection</a>
 */
public final class Outliers {

    /** Whoever looks at the hosts again where their health has changed. */
    public interface Changed {
        void changed();
    }

    private static final int INTERNAL_ERROR = 500;
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    /** From here on a status is of no class, and no failure. */
    private static final int NO_CLASS = 600;

    private final Loop ticking;
    private final MetricSet metrics;
    private final Changed changed;
    private volatile OutlierSettings settings;
    private volatile boolean heard;

    // Under the lock.
    private final Map<Member, Monitor> monitors = new IdentityHashMap<>();
    private int members;
    private int ejections;
    private boolean armed;
    private boolean stopped;

    /**
     * @param ticking where statistics are looked at
     */
    public Outliers(Loop ticking, OutlierSettings settings, MetricSet metrics, Changed changed) {
        this.ticking = ticking;
        this.settings = settings;
        this.metrics = metrics;
        this.changed = changed;
    }

    public void settings(OutlierSettings other) {
        settings = other;
    }

    /** What is known of a host, made where nothing is. */
    public synchronized Monitor monitor(Member member) {
        return monitors.computeIfAbsent(member, one -> new Monitor(this, one));
    }

    /** These are the cluster's hosts now; what is known of others is forgotten. */
    public synchronized void members(Member[] now) {
        members = now.length;
        Set<Member> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        Collections.addAll(kept, now);
        List<Monitor> gone = new ArrayList<>();
        for (Monitor monitor : monitors.values()) {
            if (!kept.contains(monitor.member)) {
                gone.add(monitor);
            }
        }
        for (Monitor monitor : gone) {
            monitors.remove(monitor.member);
            if (monitor.ejected) {
                ejections--;
                active(-1);
            }
        }
    }

    /** No host is ejected from now on, and none stays so. */
    public synchronized void stop() {
        stopped = true;
        boolean any = false;
        for (Monitor monitor : monitors.values()) {
            any |= monitor.ejected;
            unejectQuietly(monitor);
        }
        if (any) {
            changed.changed();
        }
    }

    /** A host has answered. On the loop. */
    public void answered(int loop, Monitor monitor, int status) {
        wake();
        OutlierSettings now = settings;
        if (now.splitLocalOrigin()) {
            reached(monitor);
        }
        boolean failure = status >= INTERNAL_ERROR && status < NO_CLASS;
        monitor.answers.count(!failure);
        if (!failure) {
            end(monitor.consecutive5xx);
            end(monitor.consecutiveGateway);
            return;
        }
        if (status >= BAD_GATEWAY && status <= GATEWAY_TIMEOUT) {
            int row = monitor.consecutiveGateway.incrementAndGet();
            if (row == now.consecutiveGatewayFailure()) {
                due(loop, monitor, Cause.GATEWAY_FAILURE);
            }
        } else {
            monitor.consecutiveGateway.set(0);
        }
        if (monitor.consecutive5xx.incrementAndGet() == now.consecutive5xx()) {
            due(loop, monitor, Cause.CONSECUTIVE_5XX);
        }
    }

    private static void reached(Monitor monitor) {
        monitor.reached.count(true);
        end(monitor.consecutiveLocal);
    }

    private static void end(AtomicInteger row) {
        if (row.getPlain() != 0) {
            row.set(0);
        }
    }

    /**
     * A host could not be reached, cut its answer off, or was too slow. On the loop.
     *
     * @param status what it counts as among answers, where it does not count by itself
     */
    public void unreached(int loop, Monitor monitor, int status) {
        OutlierSettings now = settings;
        if (!now.splitLocalOrigin()) {
            answered(loop, monitor, status);
            return;
        }
        wake();
        monitor.reached.count(false);
        int row = monitor.consecutiveLocal.incrementAndGet();
        if (row == now.consecutiveLocalOriginFailure()) {
            due(loop, monitor, Cause.LOCAL_ORIGIN_FAILURE);
        }
    }

    /** An active check has found the host well. On the loop. */
    public synchronized void checked(Member member) {
        Monitor monitor = monitors.get(member);
        if (monitor != null && monitor.ejected && settings.checkUnejects()) {
            unejectQuietly(monitor);
            changed.changed();
        }
    }

    /**
     * Another has ejected this host, so long ago. That is believed once.
     *
     * @param leftMillis for how long yet; negative: it did not say
     */
    public synchronized void believe(Member member, long ageMillis, long leftMillis) {
        Monitor monitor = monitor(member);
        if (monitor.believed) {
            return;
        }
        monitor.believed = true;
        long left = leftMillis < 0 ? settings.baseEjectionMillis() - ageMillis : leftMillis;
        double share = 100.0 * (ejections + 1) / Math.max(1, members);
        boolean allowed =
                share <= settings.maxEjectionPercent()
                        || (ejections == 0 && settings.alwaysEjectOneHost());
        if (!stopped && !monitor.ejected && left > 0 && allowed) {
            out(monitor, left);
        }
    }

    /** How long a host has been out, in milliseconds, or -1 where it is not. */
    public synchronized long ejectedMillis(Member member) {
        Monitor monitor = monitors.get(member);
        return monitor == null || !monitor.ejected
                ? -1
                : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - monitor.ejectedNanos);
    }

    /** For how long a host is out yet, in milliseconds, or -1 where it is not. */
    public synchronized long leftMillis(Member member) {
        Monitor monitor = monitors.get(member);
        return monitor == null || !monitor.ejected
                ? -1
                : Math.max(0, monitor.ejectionMillis - ejectedMillis(member));
    }

    private void out(Monitor monitor, long millis) {
        monitor.ejected = true;
        monitor.ejectedNanos = System.nanoTime();
        long base = settings.baseEjectionMillis();
        if (monitor.ejectionsInRow * base < longest() + base) {
            // Else it would take as many well intervals to forget as it was ever ejected.
            monitor.ejectionsInRow++;
        }
        monitor.ejectionMillis = millis;
        monitor.member.flag(Member.FAILED_OUTLIER_CHECK, true);
        ejections++;
        active(1);
        changed.changed();
        arm();
    }

    private synchronized void due(int loop, Monitor monitor, Cause cause) {
        boolean known = monitors.get(monitor.member) == monitor; // else the host is gone
        if (!stopped && known && !monitor.ejected) {
            metrics.count(loop, cause.detected());
            eject(loop, monitor, cause);
        }
        cause.forget(monitor);
    }

    private void eject(int loop, Monitor monitor, Cause cause) {
        if (ThreadLocalRandom.current().nextInt(100) >= cause.percent(settings)) {
            return;
        }
        double share = 100.0 * (ejections + 1) / Math.max(1, members);
        boolean first = ejections == 0 && settings.alwaysEjectOneHost();
        if (!first && share > settings.maxEjectionPercent()) {
            metrics.count(loop, ClusterMetrics.EJECTIONS_OVERFLOW);
            return;
        }
        long jitter = settings.ejectionJitterMillis();
        long millis = settings.baseEjectionMillis() * (monitor.ejectionsInRow + 1);
        long more = jitter == 0 ? 0 : ThreadLocalRandom.current().nextLong(jitter + 1);
        metrics.count(loop, ClusterMetrics.EJECTIONS_ENFORCED_TOTAL);
        metrics.count(loop, cause.enforced());
        out(monitor, Math.min(millis, longest()) + more);
    }

    private long longest() {
        return Math.max(settings.baseEjectionMillis(), settings.maxEjectionMillis());
    }

    /** Counted on the loop that the gauge is kept on. */
    private void active(int more) {
        ticking.execute(() -> metrics.add(ticking.index(), ClusterMetrics.EJECTIONS_ACTIVE, more));
    }

    private void unejectQuietly(Monitor monitor) {
        if (monitor.ejected) {
            monitor.ejected = false;
            monitor.ejectedNanos = System.nanoTime();
            monitor.forgetConsecutive();
            monitor.member.flag(Member.FAILED_OUTLIER_CHECK, false);
            ejections--;
            active(-1);
        }
    }

    private void wake() {
        if (!heard) {
            heard = true;
            synchronized (this) {
                arm();
            }
        }
    }

    private void arm() {
        if (!armed && !stopped) {
            armed = true;
            ticking.execute(() -> ticking.schedule(settings.intervalMillis(), this::tick));
        }
    }

    /** On the ticking loop. */
    private synchronized void tick() {
        armed = false;
        if (stopped) {
            return;
        }
        boolean any = false;
        long now = System.nanoTime();
        for (Monitor monitor : monitors.values()) {
            any |= look(monitor, now);
        }
        if (any) {
            changed.changed();
        }
        OutlierSettings current = settings;
        List<Rated> answers = rated(current, false);
        compare(answers, current, Cause.SUCCESS_RATE, Cause.FAILURE_PERCENTAGE);
        if (current.splitLocalOrigin()) {
            List<Rated> reached = rated(current, true);
            compare(
                    reached,
                    current,
                    Cause.LOCAL_ORIGIN_SUCCESS_RATE,
                    Cause.LOCAL_ORIGIN_FAILURE_PERCENTAGE);
        }
        if (heard || ejections > 0 || anyRow()) {
            heard = false;
            arm();
        }
    }

    private boolean anyRow() {
        return monitors.values().stream().anyMatch(monitor -> monitor.ejectionsInRow > 0);
    }

    /** Whether an ejection is over. */
    private boolean look(Monitor monitor, long now) {
        if (!monitor.ejected) {
            monitor.ejectionsInRow = Math.max(0, monitor.ejectionsInRow - 1);
            return false;
        }
        long out = TimeUnit.NANOSECONDS.toMillis(now - monitor.ejectedNanos);
        if (out < monitor.ejectionMillis) {
            return false;
        }
        unejectQuietly(monitor);
        return true;
    }

    private record Rated(Monitor monitor, double percent, boolean compared, boolean measured) {}

    /** The rates of this interval; what is read is forgotten. */
    private List<Rated> rated(OutlierSettings now, boolean local) {
        List<Rated> rated = new ArrayList<>();
        int enough = Math.min(now.successRateVolume(), now.failureVolume());
        for (Monitor monitor : monitors.values()) {
            Monitor.Rate rate = local ? monitor.reached : monitor.answers;
            int total = rate.total();
            double percent = rate.take(enough);
            if (percent >= 0 && !monitor.ejected) {
                rated.add(
                        new Rated(
                                monitor,
                                percent,
                                total >= now.successRateVolume(),
                                total >= now.failureVolume()));
            }
        }
        return rated;
    }

    private void compare(List<Rated> rated, OutlierSettings now, Cause rate, Cause percentage) {
        List<Rated> compared = rated.stream().filter(Rated::compared).toList();
        if (!compared.isEmpty() && compared.size() >= now.successRateHosts()) {
            double least = threshold(compared, now.stdevFactor() / 1000.0);
            for (Rated one : compared) {
                if (one.percent < least) {
                    due(ticking.index(), one.monitor, rate);
                }
            }
        }
        List<Rated> measured = rated.stream().filter(Rated::measured).toList();
        if (!measured.isEmpty() && measured.size() >= now.failureHosts()) {
            for (Rated one : measured) {
                if (100.0 - one.percent >= now.failureThreshold()) {
                    due(ticking.index(), one.monitor, percentage);
                }
            }
        }
    }

    private static double threshold(List<Rated> rated, double factor) {
        double sum = 0;
        for (Rated one : rated) {
            sum += one.percent;
        }
        double mean = sum / rated.size();
        double squares = 0;
        for (Rated one : rated) {
            squares += (one.percent - mean) * (one.percent - mean);
        }
        return mean - factor * Math.sqrt(squares / rated.size());
    }
}
