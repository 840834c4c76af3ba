package dev.wick.gateway.upstream;

import dev.wick.gateway.balance.Balancer;
import dev.wick.gateway.balance.BalancerSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster's requests choose their hosts by: built anew when the hosts, their health or the
 * settings change. Safe for use by any thread.
 *
 * <p>Where that takes no time it is done at once, by whoever brings the change. What is large, a
 * ring of a million places, is built on a thread of its own, for all clusters one after the other,
 * so that it holds up no request; until it stands they go by what was there before. Changes that
 * come meanwhile become one.
 */
final class Balancing {

    /** So many places are laid out in less than a millisecond. */
    private static final long AT_ONCE = 8_192;

    /** While requests wait for the first they would gain nothing by another thread. */
    private static final long FIRST_AT_ONCE = 200_000;

    /** Who hears, under the lock, that requests go by another set now. */
    interface Changed {
        void changed(HostSet before, HostSet after);
    }

    private final Changed changed;
    private volatile HostSet now = HostSet.UNKNOWN;
    private volatile boolean building;

    // Under the lock: what is to be built next.
    private Host[] hosts = {};
    private boolean known;
    private BalancerSettings settings = BalancerSettings.DEFAULT;
    private List<Runnable> after = new ArrayList<>(0);
    private boolean anew;
    private boolean again;

    Balancing(Changed changed) {
        this.changed = changed;
    }

    HostSet now() {
        return now;
    }

    /**
     * There are other hosts, or something else is said of them.
     *
     * @param then what to do when requests go by that; null: nothing
     */
    synchronized void change(
            Host[] nowHosts, boolean nowKnown, BalancerSettings by, @Nullable Runnable then) {
        hosts = nowHosts;
        known = nowKnown;
        settings = by;
        anew = true;
        begin(then);
    }

    /** The hosts are the same, their health has changed. */
    synchronized void weigh(@Nullable Runnable then) {
        begin(then);
    }

    /** A slow start is over: all loops find that at the same time. */
    void weighAnew(HostSet stale) {
        if (!building) {
            synchronized (this) {
                if (now == stale && !building) {
                    begin(null);
                }
            }
        }
    }

    private void begin(@Nullable Runnable then) {
        if (then != null) {
            after.add(then);
        }
        if (building) {
            again = true;
        } else if (places() <= (now.known() ? AT_ONCE : FIRST_AT_ONCE)) {
            Build build = next();
            stands(build.made());
            build.finish();
        } else {
            building = true;
            Later.THREAD.execute(this::buildLater);
        }
    }

    private long places() {
        return Balancer.places(settings, Arrays.asList(hosts));
    }

    /**
     * One that is to be built.
     *
     * @param before of the same hosts and settings, null where these have changed
     * @param after what is to be done then
     */
    private record Build(
            Host[] hosts,
            boolean known,
            BalancerSettings settings,
            @Nullable Balancer before,
            List<Runnable> after) {

        HostSet made() {
            return new HostSet(hosts, known, Balancer.of(settings, Arrays.asList(hosts), before));
        }

        void finish() {
            for (Runnable then : after) {
                then.run();
            }
        }
    }

    private Build next() {
        Build next = new Build(hosts, known, settings, anew ? null : now.balancer(), after);
        after = new ArrayList<>(0);
        anew = false;
        again = false;
        return next;
    }

    private void stands(HostSet made) {
        HostSet before = now;
        now = made;
        changed.changed(before, made);
    }

    private void buildLater() {
        boolean more = true;
        try {
            while (more) {
                more = buildOne();
            }
        } finally {
            if (more) {
                giveUp();
            }
        }
    }

    /** A fault of ours: what serves goes on, and the next change may do. */
    private synchronized void giveUp() {
        building = false;
        anew = true;
        if (again) {
            begin(null);
        }
    }

    /** Returns whether there is something newer to build. */
    private boolean buildOne() {
        Build build;
        synchronized (this) {
            build = next();
        }
        boolean more;
        try {
            HostSet made = build.made();
            synchronized (this) {
                stands(made);
                more = again;
                building = more;
            }
        } finally {
            build.finish(); // whoever waits goes on with what there is
        }
        return more;
    }

    /** Made when there is something large to build. */
    private static final class Later {

        static final ThreadPoolExecutor THREAD =
                new ThreadPoolExecutor(
                        1,
                        1,
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().daemon().name("balance-", 0).factory());

        static {
            THREAD.allowCoreThreadTimeOut(true);
        }

        private Later() {}
    }
}
