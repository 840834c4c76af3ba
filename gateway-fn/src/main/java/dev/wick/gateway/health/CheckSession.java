package dev.wick.gateway.health;

import dev.wick.gateway.balance.Member;
import dev.wick.gateway.client.Answer;
import dev.wick.gateway.client.Answered;
import dev.wick.gateway.client.Call;
import dev.wick.gateway.client.ClientRequest;
import dev.wick.gateway.client.Http2Client;
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

/** One kind of check of one host. Confined to the loop of its {@link HealthChecker}. */
final class CheckSession implements Answered {

    private static final int MOST_OCTETS = 1 << 20;
    private static final byte[] NO_BODY = new byte[0];

    private final HealthChecker checker;
    private final MemberChecks checks;
    private final CheckSettings settings;
    private final MetricSet metrics;
    private final int index;
    private InetSocketAddress address;
    private @Nullable HttpClient client;
    private @Nullable Http2Client http2;
    private @Nullable Call call;
    private @Nullable TcpProbe probe;
    private @Nullable Timer timer;

    /** Health flags of a member, as far as this check goes. */
    private int found = Member.FAILED_ACTIVE_HC;

    private boolean first = true;
    private boolean believed;
    private boolean succeeded;
    private boolean stopped;
    private int successes;
    private int failures;

    CheckSession(HealthChecker checker, MemberChecks checks, CheckSettings settings) {
        this.checker = checker;
        this.checks = checks;
        this.settings = settings;
        this.address = checker.address(checks.member());
        this.metrics = checker.metrics();
        this.index = checker.loop().index();
    }

    /** Whether it has not been answered yet. */
    boolean pending() {
        return first && !believed;
    }

    /** Health flags of a member, as far as this check goes. */
    int found() {
        return found;
    }

    void believe(boolean failed) {
        if (first) {
            believed = true;
            flag(Member.FAILED_ACTIVE_HC, failed);
        }
    }

    /**
     * The host was served with these health flags before, and is until an answer says otherwise.
     */
    void takeOver(int flags) {
        believed = true;
        found = flags;
        if (!(settings.probe() instanceof CheckSettings.Http)) {
            // Which only an answer to such a check could take back.
            flag(Member.EXCLUDED_VIA_IMMEDIATE_HC_FAIL, false);
        }
    }

    private void flag(int bit, boolean set) {
        found = set ? found | bit : found & ~bit;
    }

    /** Whether the last check did. */
    boolean succeeded() {
        return succeeded;
    }

    void start() {
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
        disconnect();
    }

    private void disconnect() {
        if (client != null) {
            client.closeIdle(checker.loop());
            client = null;
        }
        if (http2 != null) {
            http2.close();
            http2 = null;
        }
    }

    private boolean healthy() {
        return (found & Member.FAILED_ACTIVE_HC) == 0;
    }

    private void later(long millis) {
        timer = checker.loop().schedule(millis, this::check);
    }

    private void check() {
        metrics.count(index, ClusterMetrics.HEALTH_CHECK_ATTEMPT);
        InetSocketAddress now = checker.address(checks.member());
        if (!now.equals(address)) {
            disconnect();
            address = now;
        }
        Loop loop = checker.loop();
        if (settings.probe() instanceof CheckSettings.Http http) {
            ask(loop, http);
        } else if (settings.probe() instanceof CheckSettings.Grpc grpc) {
            call =
                    http2(grpc.authority())
                            .send(
                                    GrpcHealth.question(
                                            grpc.service(), settings.timeoutMillis(), MOST_OCTETS),
                                    this);
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
        Headers headers = new Headers();
        headers.add("user-agent", "Envoy/HC");
        if (!settings.reuseConnection() && !http.http2()) {
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
        call =
                http.http2()
                        ? http2(http.host()).send(request, this)
                        : http1(http.host()).send(loop, request, this);
    }

    private HttpClient http1(String host) {
        HttpClient asking = client;
        if (asking == null) {
            asking = HttpClient.of(checker.loops(), address, host);
            client = asking;
        }
        return asking;
    }

    private Http2Client http2(String authority) {
        Http2Client asking = http2;
        if (asking == null) {
            asking = new Http2Client(checker.loop(), checker.loops().channel(), address, authority);
            http2 = asking;
        }
        return asking;
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
        if (http2 != null && !settings.reuseConnection()) {
            http2.close();
        }
        if (!(settings.probe() instanceof CheckSettings.Http http)) {
            if (GrpcHealth.serves(answer)) {
                success(false);
            } else {
                failure(false, false);
            }
        } else if (http.expects(answer.status())) {
            flag(
                    Member.EXCLUDED_VIA_IMMEDIATE_HC_FAIL,
                    answer.headers().contains(HealthChecker.IMMEDIATE_FAIL));
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
        flag(Member.DEGRADED_ACTIVE_HC, degraded);
        flag(Member.ACTIVE_HC_TIMEOUT, false);
        if ((found & Member.FAILED_ACTIVE_HC) != 0) {
            successes++;
            if (first || successes >= settings.healthyThreshold()) {
                flag(Member.FAILED_ACTIVE_HC, false);
            }
        }
        told(before);
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
        flag(Member.ACTIVE_HC_TIMEOUT, timeout);
        if (!counted || failures >= settings.unhealthyThreshold()) {
            flag(Member.FAILED_ACTIVE_HC, true);
        }
        told(before);
    }

    /** The host says in an answer to a request that it wants no more, whatever its checks say. */
    void leave() {
        metrics.count(index, ClusterMetrics.HEALTH_CHECK_FAILURE);
        metrics.count(index, ClusterMetrics.HEALTH_CHECK_PASSIVE_FAILURE);
        first = false;
        successes = 0;
        succeeded = false;
        flag(Member.FAILED_ACTIVE_HC, true);
        if (settings.probe() instanceof CheckSettings.Http) {
            flag(Member.EXCLUDED_VIA_IMMEDIATE_HC_FAIL, true);
        }
    }

    private void told(boolean before) {
        boolean changed = first;
        first = false;
        changed |= checks.combine();
        later(pause(before, healthy()));
        checker.checked(checks, changed);
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
