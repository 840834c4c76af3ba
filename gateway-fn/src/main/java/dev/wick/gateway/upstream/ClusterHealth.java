package dev.wick.gateway.upstream;

import dev.wick.gateway.balance.Member;
import dev.wick.gateway.client.Loop;
import dev.wick.gateway.client.Loops;
import dev.wick.gateway.health.HealthChecker;
import dev.wick.gateway.health.HealthSettings;
import dev.wick.gateway.health.Outliers;
import dev.wick.http.ResponseHead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Who looks after a cluster's hosts: nobody, unless its document says so. Safe for use by any
 * thread.
 */
final class ClusterHealth implements HealthChecker.Heard {

    private static final int[] HTTP_OF_GRPC = {
        200, 499, 500, 400, 504, 404, 409, 403, 429, 400, 409, 400, 501, 500, 503, 500, 401
    };

    private static final long HEARSAY_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Cluster cluster;
    private final Loops loops;
    private final Loop loop;
    private final Hosts hosts;
    private final ClusterOnLoop[] onLoops;
    private final AtomicBoolean balancing = new AtomicBoolean();
    private final Object telling = new Object();
    private volatile @Nullable Outliers outliers;
    private volatile @Nullable HealthChecker checker;
    private volatile boolean warming;

    /** What others have found, by address; empty as soon as it is too old. */
    private volatile Map<String, HostHealth> heard = Map.of();

    private volatile long heardNanos;

    /** Whether hosts were ever checked: else none has flags of checks. */
    private volatile boolean checked;

    // Under the lock.
    private @Nullable HealthSettings settings;

    ClusterHealth(Cluster cluster, Loops loops, Hosts hosts, ClusterOnLoop[] onLoops) {
        this.cluster = cluster;
        this.loops = loops;
        this.loop = loops.loop(Math.floorMod(cluster.name().hashCode(), loops.size()));
        this.hosts = hosts;
        this.onLoops = onLoops;
    }

    /**
     * What is equal goes on as it is. To be called before the hosts are changed: those that come
     * with the checks are checked before they are served, those that are there already serve on.
     */
    synchronized void change(HealthSettings changed) {
        HealthSettings before = settings;
        settings = changed;
        if (changed.equals(before == null ? HealthSettings.NONE : before)) {
            return;
        }
        changeOutliers(changed);
        if (!changed.checks().equals(before == null ? List.of() : before.checks())) {
            changeChecker(changed, before == null || !hosts.now().known());
        }
        members();
    }

    /**
     * @param unserved whether no request was sent to any host yet
     */
    private void changeChecker(HealthSettings changed, boolean unserved) {
        HealthChecker old = checker;
        if (changed.checks().isEmpty()) {
            checker = null;
        } else {
            warming |= old == null && unserved;
            checked = true;
            checker =
                    new HealthChecker(
                            loops,
                            loop,
                            changed.checks(),
                            member -> ((Host) member).address(),
                            cluster.metrics(),
                            this);
        }
        if (old != null) {
            loop.execute(old::stop);
        }
    }

    private void changeOutliers(HealthSettings changed) {
        Outliers now = outliers;
        if (changed.outliers() == null) {
            outliers = null;
            if (now != null) {
                now.stop();
            }
        } else if (now == null) {
            outliers = new Outliers(loop, changed.outliers(), cluster.metrics(), this::changed);
        } else {
            now.settings(changed.outliers());
        }
    }

    /** The cluster is no more. */
    synchronized void retire() {
        change(HealthSettings.NONE);
    }

    /**
     * The cluster has other hosts, or others look after them. Which these are is read where it is
     * told, one after the other: so the last to be told hears of the last change, whoever overtakes
     * whom on the way.
     */
    void members() {
        Outliers detection = outliers;
        if (detection != null) {
            synchronized (telling) {
                Host[] now = hosts.now().hosts();
                detection.members(now);
                believe(detection, now);
            }
        }
        if (checked) {
            loop.execute(this::reconcile);
        }
    }

    private void reconcile() {
        HostSet now = hosts.now();
        HealthChecker asking = checker;
        if (asking != null) {
            asking.members(now.hosts(), now.known());
            believe(asking);
            return;
        }
        boolean changed = false;
        for (Host host : now.hosts()) {
            changed |= HealthChecker.forget(host);
        }
        if (changed) {
            changed();
        }
        warm();
    }

    /** What others have found lately, until it is found out from here. */
    void believe(List<HostHealth> found) {
        Map<String, HostHealth> byAddress = new HashMap<>();
        for (HostHealth health : found) {
            byAddress.put(health.address(), health);
        }
        heardNanos = System.nanoTime();
        heard = byAddress;
        members();
        hosts.balance(); // At once: the first request is on its way.
    }

    /** What was heard holds for hosts that a name has only later, but not for ever. */
    private Map<String, HostHealth> heard() {
        Map<String, HostHealth> now = heard;
        if (!now.isEmpty() && System.nanoTime() - heardNanos > HEARSAY_NANOS) {
            heard = Map.of();
        }
        return heard;
    }

    private void believe(Outliers detection, Host[] now) {
        Map<String, HostHealth> known = heard();
        if (known.isEmpty()) {
            return;
        }
        long since = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - heardNanos);
        for (Host host : now) {
            HostHealth health = known.get(host.text());
            if (health != null && health.ejected()) {
                long left = health.leftMillis();
                long rest = left < 0 ? -1 : Math.max(0, left - since);
                detection.believe(host, health.ageMillis() + since, rest);
            }
        }
    }

    private void believe(HealthChecker asking) {
        Map<String, HostHealth> known = heard();
        if (!known.isEmpty()) {
            Map<String, Boolean> failed = new HashMap<>();
            known.forEach((address, health) -> failed.put(address, health.failedCheck()));
            asking.believe(failed);
        }
    }

    /** What was found from here, for others. */
    List<HostHealth> found() {
        List<HostHealth> found = new ArrayList<>();
        Outliers detection = outliers;
        if (detection == null && checker == null) {
            return found;
        }
        for (Host host : hosts.now().hosts()) {
            int flags = host.flags();
            long ejected = detection == null ? -1 : detection.ejectedMillis(host);
            if ((flags & Member.PENDING_ACTIVE_HC) == 0) {
                boolean failed = (flags & Member.FAILED_ACTIVE_HC) != 0;
                long left = detection == null ? -1 : detection.leftMillis(host);
                found.add(
                        new HostHealth(
                                host.text(), failed, ejected >= 0, Math.max(0, ejected), left));
            }
        }
        return found;
    }

    /** A host that is new: where hosts are checked, it gets nothing before its first check. */
    void added(Host host) {
        if (checker != null) {
            host.flag(Member.FAILED_ACTIVE_HC | Member.PENDING_ACTIVE_HC, true);
        }
    }

    /** Whether requests wait for the first checks. */
    boolean warming() {
        return warming;
    }

    /** A host has answered. On loop {@code index}. */
    void answered(int index, Host host, ResponseHead head) {
        Outliers detection = outliers;
        if (detection != null) {
            detection.answered(index, host.monitor(detection), status(head));
        }
        HealthChecker asking = checker;
        if (asking != null && head.headers().contains(HealthChecker.IMMEDIATE_FAIL)) {
            loop.execute(() -> asking.leaves(host));
        }
    }

    /**
     * A host could not be reached, or was too slow, and the status says so. On loop {@code index}.
     */
    void unreached(int index, Host host, int status) {
        Outliers detection = outliers;
        if (detection != null) {
            detection.unreached(index, host.monitor(detection), status);
        }
    }

    /** The status, or what stands for a gRPC status in the head. */
    private static int status(ResponseHead head) {
        String grpc = head.headers().get("grpc-status");
        if (head.status() != 200 || grpc == null || grpc.isEmpty() || grpc.length() > 2) {
            return head.status();
        }
        int code = 0;
        for (int i = 0; i < grpc.length(); i++) {
            code = code * 10 + grpc.charAt(i) - '0';
        }
        return code >= 0 && code < HTTP_OF_GRPC.length ? HTTP_OF_GRPC[code] : 500;
    }

    @Override
    public void changed() {
        cluster.healthChanged();
        if (balancing.compareAndSet(false, true)) {
            // Not from here: whoever tells may hold locks, and several changes become one.
            loop.execute(
                    () -> {
                        balancing.set(false);
                        hosts.balance();
                    });
        }
    }

    @Override
    public void succeeded(Member member) {
        Outliers detection = outliers;
        if (detection != null) {
            detection.checked(member);
        }
    }

    @Override
    public void warm() {
        if (warming) {
            hosts.balance(this::resume);
        }
    }

    private void resume() {
        warming = false;
        for (ClusterOnLoop onLoop : onLoops) {
            onLoop.loop().execute(onLoop::resume);
        }
    }
}
