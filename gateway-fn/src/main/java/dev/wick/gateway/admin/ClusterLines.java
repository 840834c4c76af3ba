package dev.wick.gateway.admin;

import dev.wick.gateway.balance.Attributes;
import dev.wick.gateway.balance.Member;
import dev.wick.gateway.upstream.Cluster;
import dev.wick.gateway.upstream.Clusters;
import dev.wick.gateway.upstream.HostStatus;
import java.util.Map;
import java.util.TreeMap;

/** The clusters as Envoy's {@code /clusters} prints them: a line for each thing to know. */
final class ClusterLines {

    /** In the order of their bits. */
    private static final String[] FLAGS = {
        "/failed_active_hc",
        "/failed_outlier_check",
        "/failed_eds_health",
        "/degraded_active_hc",
        "/degraded_eds_health",
        "/pending_active_hc",
        "/excluded_via_immediate_hc_fail",
        "/active_hc_timeout",
        "/eds_status_draining",
        "/degraded_outlier_detection"
    };

    private final StringBuilder text = new StringBuilder();

    private ClusterLines() {}

    static String of(Clusters clusters) {
        Map<String, Cluster> byName = new TreeMap<>();
        for (Cluster cluster : clusters.all()) {
            byName.put(cluster.name(), cluster);
        }
        ClusterLines lines = new ClusterLines();
        byName.values().forEach(lines::cluster);
        return lines.text.toString();
    }

    private void cluster(Cluster cluster) {
        String name = cluster.name();
        line(name, "observability_name", name);
        line(name, "added_via_api", "true");
        line(name, "lb_policy", cluster.settings().balancing().policy());
        line(name, "connect_timeout_ms", cluster.settings().connectTimeoutMillis());
        for (HostStatus host : cluster.hostStatuses()) {
            host(name + "::" + host.address(), host);
        }
    }

    private void host(String start, HostStatus host) {
        Attributes attributes = host.attributes();
        line(start, "rq_active", host.active());
        line(start, "hostname", attributes.hostname());
        line(start, "health_flags", flags(host.healthFlags()));
        line(start, "weight", attributes.weight());
        line(start, "region", attributes.locality().region());
        line(start, "zone", attributes.locality().zone());
        line(start, "sub_zone", attributes.locality().subZone());
        line(start, "canary", "true".equals(attributes.metadata().get("canary")));
        line(start, "priority", attributes.priority());
    }

    private void line(String start, String field, Object value) {
        text.append(start).append("::").append(field).append("::").append(value).append('\n');
    }

    private static String flags(int flags) {
        if (flags == 0) {
            return "healthy";
        }
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < FLAGS.length; i++) {
            if ((flags & (Member.FAILED_ACTIVE_HC << i)) != 0) {
                names.append(FLAGS[i]);
            }
        }
        return names.toString();
    }
}
