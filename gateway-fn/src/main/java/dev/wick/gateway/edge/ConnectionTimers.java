package dev.wick.gateway.edge;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.observe.HttpMetrics;
import dev.wick.gateway.observe.MetricSet;
import dev.wick.gateway.snapshot.LimitSettings;
import org.jspecify.annotations.Nullable;

/** What bounds the life of one connection. Confined to its loop. */
final class ConnectionTimers {

    private final MetricSet metrics;
    private final int loop;
    private final int mostRequests;
    private final IdleConnection idle;
    private final @Nullable ConnectionAge age;
    private int requests;

    /**
     * They run from now on.
     *
     * @param ageMillis of the connection
     */
    ConnectionTimers(
            Connection connection,
            Loop loop,
            MetricSet metrics,
            LimitSettings limits,
            long ageMillis) {
        this.metrics = metrics;
        this.loop = loop.index();
        this.mostRequests = limits.maxRequestsPerConnection();
        idle = new IdleConnection(connection, loop, limits.idleMillis());
        idle.start();
        if (limits.maxConnectionMillis() > 0) {
            age = new ConnectionAge(connection, metrics, loop.index());
            loop.arm(age, Math.max(1, limits.maxConnectionMillis() - ageMillis));
        } else {
            age = null;
        }
    }

    /** A request has begun. Returns whether it is the last that the connection may take. */
    boolean begun() {
        idle.touch();
        if (++requests != mostRequests) {
            return false;
        }
        metrics.count(loop, HttpMetrics.CX_MAX_REQUESTS_REACHED);
        return true;
    }

    /** The connection has ended. */
    void stop() {
        idle.disarm();
        if (age != null) {
            age.disarm();
        }
    }
}
