package dev.wick.model.check;

import dev.wick.model.HealthCheck;
import dev.wick.model.HealthCheck.Http;
import dev.wick.model.HealthCheck.StatusRange;
import dev.wick.model.HealthCheck.Tcp;
import dev.wick.model.HealthChecking;
import dev.wick.model.OutlierDetection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What holds of how hosts' health is found out; see {@link Rules}. */
public final class HealthRules {

    private HealthRules() {}

    static void health(HealthChecking health, Findings findings) {
        if (health.checks().size() > 1) {
            findings.add("healthChecks", health.checks().size() + " of them", "at most one");
        }
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
            findings.add(field, time.toString(), "1ms or more");
        }
    }

    private static void atLeast(String field, int value, int least, Findings findings) {
        if (value < least) {
            findings.add(field, Integer.toString(value), least + " or more");
        }
    }
}
