package dev.wick.gateway.health;

import dev.wick.gateway.balance.Member;
import dev.wick.gateway.client.Answer;
import dev.wick.gateway.client.Answered;
import dev.wick.gateway.client.Call;
import dev.wick.gateway.client.ClientRequest;
import dev.wick.gateway.client.HttpClient;
import dev.wick.gateway.client.Loop;
import dev.wick.gateway.client.TcpProbe;
import dev.wick.gateway.client.Timer;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.MetricSet;
import dev.wick.http.Headers;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The checks of one host. Confined to the loop of its {@link HealthChecker}. */
final class CheckSession implements Answered {

    private static final int OF_CHECKS =
            Member.FAILED_ACTIVE_HC
                    | Member.DEGRADED_ACTIVE_HC
                    | Member.PENDING_ACTIVE_HC
                    | Member.ACTIVE_HC_TIMEOUT
                    | Member.EXCLUDED_VIA_IMMEDIATE_HC_FAIL;
    private static final int MOST_OCTETS = 1 << 20;
    private static final byte[] NO_BODY = new byte[0];

    private final HealthChecker checker;
    private final Member member;
    private final InetSocketAddress address;
    private final CheckSettings settings;
    private final MetricSet metrics;
    private final int index;
    private @Nullable HttpClient client;
    private @Nullable Call call;
    private @Nullable TcpProbe probe;
    private @Nullable Timer timer;
    private boolean first = true;
    private boolean believed;
    private boolean succeeded;
    private boolean stopped;
    private int successes;
    private int failures;

    CheckSession(HealthChecker checker, Member member, InetSocketAddress address) {
        this.checker = checker;
        this.member = member;
        this.address = address;
        this.settings = checker.settings();
        this.metrics = checker.metrics();
        this.index = checker.loop().index();
    }

    Member member() {
        return member;
    }

    /** Whether it has not been answered yet. */
    boolean pending() {
        return first && !believed;
    }

    /** Another has checked the host lately. The first check of its own decides all the same. */
    void believe(boolean failed) {
        if (first) {
            believed = true;
            member.flag(Member.FAILED_ACTIVE_HC, failed);
            member.flag(Member.PENDING_ACTIVE_HC, false);
        }
    }

    /** Whether the last check did. */
    boolean succeeded() {
        return succeeded;
    }

    void start() {
        member.flag(Member.FAILED_ACTIVE_HC, true);
        later(random(settings.initialJitterMillis()));
    }

    void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel();
        }
        if (call != null) {
            call.cancel();
        }
        if (probe != null) {
            probe.stop();
        }
        if (client != null) {
            client.closeIdle(checker.loop());
        }
        if (healthy()) {
            metrics.add(index, ClusterMetrics.HEALTH_CHECK_HEALTHY, -1);
        }
    }

    private boolean healthy() {
        return !first && (member.flags() & Member.FAILED_ACTIVE_HC) == 0;
    }

    /** As if the member had never been checked. */
    static void clear(Member member) {
        member.flag(OF_CHECKS, false);
    }

    private void later(long millis) {
        timer = checker.loop().schedule(millis, this::check);
    }

    private void check() {
        metrics.count(index, ClusterMetrics.HEALTH_CHECK_ATTEMPT);
        Loop loop = checker.loop();
        if (settings.probe() instanceof CheckSettings.Http http) {
            ask(loop, http);
        } else if (settings.probe() instanceof CheckSettings.Tcp tcp) {
            probe =
                    TcpProbe.start(
                            loop,
                            checker.loops().channel(),
                            address,
                            tcp.send(),
                            tcp.receive(),
                            settings.timeoutMillis(),
                            this::connected);
        }
    }

    private void ask(Loop loop, CheckSettings.Http http) {
        HttpClient asking = client;
        if (asking == null) {
            asking = HttpClient.of(checker.loops(), address, http.host());
            client = asking;
        }
        Headers headers = new Headers();
        headers.add("user-agent", "Envoy/HC");
        if (!settings.reuseConnection()) {
            headers.add("connection", "close");
        }
        ClientRequest request =
                new ClientRequest(
                        http.method(),
                        http.path(),
                        headers,
                        NO_BODY,
                        settings.timeoutMillis(),
                        MOST_OCTETS);
        call = asking.send(loop, request, this);
    }

    private void connected(String why) {
        if (why.isEmpty()) {
            success(false);
        } else {
            failure(true, why.equals("timeout"));
        }
    }

    @Override
    public void answered(Answer answer) {
        CheckSettings.Http http = (CheckSettings.Http) settings.probe();
        if (http.expects(answer.status())) {
            member.flag(
                    Member.EXCLUDED_VIA_IMMEDIATE_HC_FAIL,
                    answer.headers().contains("x-envoy-immediate-health-check-fail"));
            success(answer.headers().contains("x-envoy-degraded"));
        } else {
            failure(http.retries(answer.status()), false);
        }
    }

    @Override
    public void failed(String why) {
        metrics.count(index, ClusterMetrics.HEALTH_CHECK_NETWORK_FAILURE);
        failure(true, why.startsWith("timeout"));
    }

    private void success(boolean degraded) {
        if (stopped) {
            return;
        }
        metrics.count(index, ClusterMetrics.HEALTH_CHECK_SUCCESS);
        boolean before = healthy();
        failures = 0;
        succeeded = true;
        boolean changed = member.flag(Member.DEGRADED_ACTIVE_HC, degraded);
        changed |= member.flag(Member.ACTIVE_HC_TIMEOUT, false);
        if ((member.flags() & Member.FAILED_ACTIVE_HC) != 0) {
            successes++;
            if (first || successes >= settings.healthyThreshold()) {
                changed |= member.flag(Member.FAILED_ACTIVE_HC, false);
            }
        }
        told(before, changed);
    }

    /**
     * @param counted whether it takes several in a row
     */
    private void failure(boolean counted, boolean timeout) {
        if (stopped) {
            return;
        }
        metrics.count(index, ClusterMetrics.HEALTH_CHECK_FAILURE);
        boolean before = healthy();
        successes = 0;
        succeeded = false;
        failures++;
        boolean changed = member.flag(Member.ACTIVE_HC_TIMEOUT, timeout);
        if (!counted || failures >= settings.unhealthyThreshold()) {
            changed |= member.flag(Member.FAILED_ACTIVE_HC, true);
        }
        told(before, changed);
    }

    private void told(boolean before, boolean flagsChanged) {
        boolean changed = flagsChanged | member.flag(Member.PENDING_ACTIVE_HC, false) | first;
        first = false;
        boolean after = healthy();
        if (before != after) {
            metrics.add(index, ClusterMetrics.HEALTH_CHECK_HEALTHY, after ? 1 : -1);
        }
        later(pause(before, after));
        checker.checked(this, changed);
    }

    private long pause(boolean before, boolean after) {
        long interval;
        if (!checker.used()) {
            interval = settings.noTrafficIntervalMillis();
        } else if (after) {
            interval = before ? settings.intervalMillis() : settings.healthyEdgeIntervalMillis();
        } else {
            interval =
                    before
                            ? settings.unhealthyEdgeIntervalMillis()
                            : settings.unhealthyIntervalMillis();
        }
        long percent = interval * settings.intervalJitterPercent() / 100;
        return interval + random(settings.intervalJitterMillis()) + random(percent);
    }

    private static long random(long most) {
        return most == 0 ? 0 : ThreadLocalRandom.current().nextLong(most + 1);
    }
}
