package dev.wick.model.check;

import dev.wick.model.HeaderMatch;
import dev.wick.model.HostDelivery;
import dev.wick.model.MirrorPolicy;
import dev.wick.model.Problem;
import dev.wick.model.VirtualCluster;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold of copies of requests and of virtual clusters. */
final class DeliveryRules {

    private DeliveryRules() {}

    /** Of a virtual host, but for the conditions of its virtual clusters. */
    static void host(HostDelivery delivery, Findings findings) {
        mirrors(delivery.mirrors(), findings);
        virtualClusters(delivery, findings);
    }

    /** Of the conditions of a virtual host's virtual clusters. */
    static void conditions(HostDelivery delivery, Findings findings) {
        findings.enter("virtualClusters");
        for (int i = 0; i < delivery.virtualClusters().size(); i++) {
            findings.enter(i);
            findings.enter("headers");
            List<HeaderMatch> headers = delivery.virtualClusters().get(i).headers();
            for (int j = 0; j < headers.size(); j++) {
                findings.enter(j);
                MatchRules.headerMatch(headers.get(j), findings);
                findings.leave();
            }
            findings.leave();
            findings.leave();
        }
        findings.leave();
    }

    /** Of a virtual host or a route. */
    static void mirrors(List<MirrorPolicy> mirrors, Findings findings) {
        findings.enter("requestMirrorPolicies");
        for (int i = 0; i < mirrors.size(); i++) {
            findings.enter(i);
            String cluster = mirrors.get(i).cluster();
            findings.text("cluster", cluster, Syntax.documentName(cluster));
            int numerator = mirrors.get(i).runtimeFraction().numerator();
            if (numerator < 0 || numerator > 1_000_000) {
                findings.add(
                        "runtimeFraction.defaultValue.numerator",
                        Integer.toString(numerator),
                        "0-1000000");
            }
            findings.leave();
        }
        findings.leave();
    }

    /** The names of a virtual host's virtual clusters. */
    private static void virtualClusters(HostDelivery delivery, Findings findings) {
        findings.enter("virtualClusters");
        Set<String> before = new HashSet<>();
        for (int i = 0; i < delivery.virtualClusters().size(); i++) {
            VirtualCluster cluster = delivery.virtualClusters().get(i);
            findings.enter(i);
            findings.text("name", cluster.name(), Syntax.documentName(cluster.name()));
            if (cluster.name().equals("other") || !before.add(cluster.name())) {
                findings.add(
                        "name",
                        Problem.shown(cluster.name()),
                        "each name once, and not other, which is what falls into none");
            }
            if (cluster.headers().isEmpty()) {
                findings.add("headers", "[]", "a list of at least 1");
            }
            findings.leave();
        }
        findings.leave();
    }
}
