package dev.wick.gateway.admin;

import dev.wick.gateway.upstream.Cluster;
import dev.wick.gateway.upstream.ClusterSettings;
import dev.wick.gateway.upstream.Clusters;
import dev.wick.gateway.upstream.EndpointAddress;
import java.util.Map;
import java.util.TreeMap;

/** The clusters as Envoy's {@code /clusters} prints them: a line for each thing to know. */
final class ClusterLines {

    private ClusterLines() {}

    static String of(Clusters clusters) {
        Map<String, Cluster> byName = new TreeMap<>();
        for (Cluster cluster : clusters.all()) {
            byName.put(cluster.name(), cluster);
        }
        StringBuilder text = new StringBuilder();
        for (Cluster cluster : byName.values()) {
            ClusterSettings settings = cluster.settings();
            String start = cluster.name() + "::";
            text.append(start).append("added_via_api::true\n");
            text.append(start).append("lb_policy::").append(settings.lbPolicy()).append('\n');
            text.append(start).append("connect_timeout_ms::");
            text.append(settings.connectTimeoutMillis()).append('\n');
            for (EndpointAddress endpoint : settings.endpoints()) {
                text.append(start).append(endpoint).append("::health_flags::healthy\n");
            }
        }
        return text.toString();
    }
}
