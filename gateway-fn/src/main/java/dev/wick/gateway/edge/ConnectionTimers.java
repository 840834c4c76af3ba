package dev.wick.gateway.edge;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.observe.MetricSet;
import dev.wick.gateway.snapshot.LimitSettings;
import org.jspecify.annotations.Nullable;

/** What bounds the life of one connection. Confined to its loop. */
final class ConnectionTimers {

    private final IdleConnection idle;
    private final @Nullable ConnectionAge age;

    /** They run from now on. */
    ConnectionTimers(Connection connection, Loop loop, MetricSet metrics, LimitSettings limits) {
        idle = new IdleConnection(connection, loop, limits.idleMillis());
        idle.start();
        if (limits.maxConnectionMillis() > 0) {
            age = new ConnectionAge(connection, metrics, loop.index());
            loop.arm(age, limits.maxConnectionMillis());
        } else {
            age = null;
        }
    }

    /** A request has begun. */
    void touch() {
        idle.touch();
    }

    /** The connection has ended. */
    void stop() {
        idle.disarm();
        if (age != null) {
            age.disarm();
        }
    }
}
