package dev.wick.gateway.health;

import dev.wick.gateway.balance.Member;
import dev.wick.gateway.client.Loop;
import dev.wick.gateway.client.Loops;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.MetricSet;
import java.net.InetSocketAddress;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks the hosts of one cluster again and again whether they are well. Confined to one loop.
 *
 * <p>A host that is new ({@link Member#PENDING_ACTIVE_HC}) is unhealthy until its first check,
 * which decides alone. Until each that was there at the start has had one, the cluster is warming,
 * and requests wait, for a check's timeout at most. Of any other host it goes on with what its
 * flags say: it was served already, unchecked or by the verdict of another checker.
 *
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/health_checking">Envoy's
 *     health checking</a>
 */
public final class HealthChecker {

    /** By which a host asks to get no more requests, in any answer. */
    public static final String IMMEDIATE_FAIL = "x-envoy-immediate-health-check-fail";

    /** Where a member is. */
    public interface Addresses {
        InetSocketAddress of(Member member);
    }

    /** Who hears of what was found. Called on the loop. */
    public interface Heard {

        /** The health of a host has changed. */
        void changed();

        /** A check of this host succeeded. */
        void succeeded(Member member);

        /** All hosts that were there at the start have been asked, or were given the time. */
        void warm();
    }

    private final Loops loops;
    private final Loop loop;
    private final List<CheckSettings> settings;
    private final Addresses addresses;
    private final MetricSet metrics;
    private final Heard heard;
    private final Map<Member, MemberChecks> members = new IdentityHashMap<>();
    private boolean timed;
    private boolean warm;
    private boolean stopped;

    public HealthChecker(
            Loops loops,
            Loop loop,
            List<CheckSettings> settings,
            Addresses addresses,
            MetricSet metrics,
            Heard heard) {
        this.loops = loops;
        this.loop = loop;
        this.settings = settings;
        this.addresses = addresses;
        this.metrics = metrics;
        this.heard = heard;
    }

    /**
     * These are the cluster's hosts now.
     *
     * @param known false while some are still looked up: that there is none yet says nothing
     */
    public void members(Member[] now, boolean known) {
        assert loop.inLoop();
        Map<Member, MemberChecks> gone = new IdentityHashMap<>(members);
        for (Member member : now) {
            if (gone.remove(member) == null && !members.containsKey(member)) {
                MemberChecks checks = new MemberChecks(this, member);
                members.put(member, checks);
                checks.start();
            }
        }
        for (Map.Entry<Member, MemberChecks> one : gone.entrySet()) {
            one.getValue().stop();
            members.remove(one.getKey());
        }
        if (!members.isEmpty()) {
            warmInTime();
            lookWarm();
        } else if (known) {
            warmNow();
        }
    }

    private void warmInTime() {
        if (!warm && !timed) {
            timed = true;
            loop.schedule(mostToWarm(), this::warmNow);
        }
    }

    private long mostToWarm() {
        long most = 0;
        for (CheckSettings one : settings) {
            most = Math.max(most, one.initialJitterMillis() + one.timeoutMillis());
        }
        return most;
    }

    /**
     * What others have found lately, until the hosts are asked from here.
     *
     * @param failed by the text of a member
     */
    public void believe(Map<String, Boolean> failed) {
        assert loop.inLoop();
        for (MemberChecks checks : members.values()) {
            Boolean found = failed.get(checks.member().text());
            if (found != null) {
                checks.believe(found);
            }
        }
        heard.changed();
        lookWarm();
    }

    /**
     * A host asked in an answer to a request to get no more. It is out at once, and back when as
     * many checks as it takes have succeeded.
     */
    public void leaves(Member member) {
        assert loop.inLoop();
        MemberChecks checks = members.get(member);
        if (checks != null && checks.leave()) {
            heard.changed();
        }
    }

    /** Nobody is asked any more. What was found stays, for who asks next. */
    public void stop() {
        assert loop.inLoop();
        stopped = true;
        members.values().forEach(MemberChecks::stop);
        members.clear();
    }

    /** A host that nobody checks is well, as far as checks go. Returns whether that is new. */
    public static boolean forget(Member member) {
        return member.flag(MemberChecks.OF_CHECKS | Member.PENDING_ACTIVE_HC, false);
    }

    /** A check has been answered, or not. */
    void checked(MemberChecks checks, boolean healthChanged) {
        if (healthChanged) {
            heard.changed();
        }
        if (checks.succeeded()) {
            heard.succeeded(checks.member());
        }
        lookWarm();
    }

    private void lookWarm() {
        if (!warm && !members.isEmpty()) {
            for (MemberChecks checks : members.values()) {
                if (checks.pending()) {
                    return;
                }
            }
            warmNow();
        }
    }

    private void warmNow() {
        if (!warm && !stopped) {
            warm = true;
            heard.warm();
        }
    }

    Loops loops() {
        return loops;
    }

    Loop loop() {
        return loop;
    }

    /** Where a host is now: one behind a name may move. */
    InetSocketAddress address(Member member) {
        return addresses.of(member);
    }

    List<CheckSettings> settings() {
        return settings;
    }

    MetricSet metrics() {
        return metrics;
    }

    /** Whether the cluster has been asked for anything yet. */
    boolean used() {
        return metrics.value(ClusterMetrics.CX_TOTAL) > 0;
    }
}
