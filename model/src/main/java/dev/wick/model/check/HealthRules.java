package dev.wick.model.check;

import dev.wick.model.Cluster;
import dev.wick.model.HealthCheck;
import dev.wick.model.HealthCheck.Http;
import dev.wick.model.HealthCheck.StatusRange;
import dev.wick.model.HealthCheck.Tcp;
import dev.wick.model.OutlierDetection;
import dev.wick.model.UpstreamProtocol;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What holds of how hosts' health is found out; see {@link Rules}. */
public final class HealthRules {

    private HealthRules() {}

    /** What holds between checks and how hosts are spoken to: gRPC needs HTTP/2, as in Envoy. */
    static void health(Cluster cluster, Findings findings) {
        for (int i = 0; i < cluster.health().checks().size(); i++) {
            HealthCheck check = cluster.health().checks().get(i);
            if (check.probe() instanceof HealthCheck.Grpc && !speaksHttp2(cluster.protocol())) {
                findings.add(
                        "healthChecks[" + i + "].grpcHealthCheck",
                        "hosts that speak HTTP/1.1",
                        "http2ProtocolOptions in explicitHttpConfig or"
                                + " useDownstreamProtocolConfig");
            }
        }
    }

    private static boolean speaksHttp2(UpstreamProtocol protocol) {
        UpstreamProtocol.Choice explicit = protocol.explicit();
        return protocol.downstream() != null || (explicit != null && explicit.http2() != null);
    }

    public static void check(HealthCheck check, Findings findings) {
        positive("timeout", check.timeout(), findings);
        positive("interval", check.interval(), findings);
        positive("noTrafficInterval", check.noTrafficInterval(), findings);
        positive("unhealthyInterval", check.unhealthyInterval(), findings);
        positive("unhealthyEdgeInterval", check.unhealthyEdgeInterval(), findings);
        positive("healthyEdgeInterval", check.healthyEdgeInterval(), findings);
        atLeast("unhealthyThreshold", check.unhealthyThreshold(), 1, findings);
        atLeast("healthyThreshold", check.healthyThreshold(), 1, findings);
    }

    public static void http(Http http, Findings findings) {
        findings.text("path", http.path(), Syntax.pathAndQuery(http.path()));
        if (http.method().equals("CONNECT")) {
            findings.add("method", http.method(), "a method other than CONNECT");
        }
        String host = http.host();
        if (host != null) {
            findings.text("host", host, Syntax.authority(host));
        }
    }

    public static void grpc(HealthCheck.Grpc grpc, Findings findings) {
        String authority = grpc.authority();
        if (authority != null) {
            findings.text("authority", authority, Syntax.authority(authority));
        }
    }

    public static void statusRange(StatusRange range, Findings findings) {
        if (range.end() <= range.start()) {
            findings.add("end", Integer.toString(range.end()), "more than start, " + range.start());
        }
    }

    public static void tcp(Tcp tcp, Findings findings) {
        findings.enter("receive");
        for (int i = 0; i < tcp.receive().size(); i++) {
            if (tcp.receive().get(i).isEmpty()) {
                findings.enter(i);
                findings.add("nothing", "octets in hexadecimal, as 0AFF");
                findings.leave();
            }
        }
        findings.leave();
    }

    public static void outliers(OutlierDetection outliers, Findings findings) {
        positive("interval", outliers.interval(), findings);
        positive("baseEjectionTime", outliers.baseEjectionTime(), findings);
        positive("maxEjectionTime", outliers.maxEjectionTime(), findings);
    }

    private static void positive(String field, @Nullable Duration time, Findings findings) {
        if (time != null && time.compareTo(Duration.ofMillis(1)) < 0) {
            findings.add(field, Spelling.of(time), "1ms or more");
        }
    }

    private static void atLeast(String field, int value, int least, Findings findings) {
        if (value < least) {
            findings.add(field, Integer.toString(value), least + " or more");
        }
    }
}
