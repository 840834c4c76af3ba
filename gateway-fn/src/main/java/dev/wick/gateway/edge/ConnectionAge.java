package dev.wick.gateway.edge;

import dev.wick.gateway.client.Deadline;
import dev.wick.gateway.observe.HttpMetrics;
import dev.wick.gateway.observe.MetricSet;

/**
 * Envoy's {@code max_connection_duration}: a connection of that age finishes what runs on it and is
 * closed.
 */
final class ConnectionAge extends Deadline {

    private final Connection connection;
    private final MetricSet metrics;
    private final int loop;

    ConnectionAge(Connection connection, MetricSet metrics, int loop) {
        this.connection = connection;
        this.metrics = metrics;
        this.loop = loop;
    }

    @Override
    protected void expired() {
        metrics.count(loop, HttpMetrics.CX_MAX_DURATION_REACHED);
        connection.drain();
    }
}
