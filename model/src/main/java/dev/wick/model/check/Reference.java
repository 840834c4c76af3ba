package dev.wick.model.check;

import dev.wick.model.Cluster;
import dev.wick.model.Document;
import dev.wick.model.Kind;
import dev.wick.model.MirrorPolicy;
import dev.wick.model.Route;
import dev.wick.model.RouteAction;
import dev.wick.model.VirtualHost;
import java.util.ArrayList;
import java.util.List;

/**
 * One document's need of another.
 *
 * @param field where it stands, as {@code routes[0].route.cluster}
 */
public record Reference(Kind kind, String name, String field) {

    /** All that a document refers to, in its order; one that is named twice is there twice. */
    public static List<Reference> of(Document document) {
        List<Reference> references = new ArrayList<>();
        if (document instanceof VirtualHost host) {
            for (int i = 0; i < host.listeners().size(); i++) {
                references.add(
                        new Reference(
                                Kind.LISTENER, host.listeners().get(i), "listeners[" + i + "]"));
            }
            for (int i = 0; i < host.routes().size(); i++) {
                ofRoute(host.routes().get(i), "routes[" + i + "].route", references);
            }
            ofMirrors(host.policies().delivery().mirrors(), "", references);
        } else if (document instanceof Cluster cluster && !cluster.endpointsName().isEmpty()) {
            String said = cluster.loadBalancing().discovery().serviceName();
            String field = said.isEmpty() ? "type" : "edsClusterConfig.serviceName";
            references.add(new Reference(Kind.ENDPOINTS, cluster.endpointsName(), field));
        }
        return references;
    }

    private static void ofRoute(Route route, String field, List<Reference> references) {
        if (!(route.action() instanceof RouteAction.Forward forward)) {
            return;
        }
        List<RouteAction.WeightedCluster> clusters = forward.clusters();
        boolean single = clusters.size() == 1 && clusters.getFirst().isPlain();
        for (int i = 0; i < clusters.size(); i++) {
            String name = clusters.get(i).cluster();
            if (name != null) {
                String at = single ? ".cluster" : ".weightedClusters[" + i + "].cluster";
                references.add(new Reference(Kind.CLUSTER, name, field + at));
            }
        }
        ofMirrors(forward.delivery().mirrors(), field + ".", references);
    }

    private static void ofMirrors(
            List<MirrorPolicy> mirrors, String field, List<Reference> references) {
        for (int i = 0; i < mirrors.size(); i++) {
            String at = field + "requestMirrorPolicies[" + i + "].cluster";
            references.add(new Reference(Kind.CLUSTER, mirrors.get(i).cluster(), at));
        }
    }
}
