package dev.wick.model;

import dev.wick.model.RouteAction.WeightedCluster;
import java.util.List;

/**
 * Which cluster a request goes to.
 *
 * @param clusters one or more; {@code cluster: x} in a document is one of weight 1
 * @param notFound the answer where a header names a cluster that is not there
 */
public record ClusterChoice(List<WeightedCluster> clusters, NotFound notFound) {

    public ClusterChoice {
        clusters = List.copyOf(clusters);
    }

    public ClusterChoice(List<WeightedCluster> clusters) {
        this(clusters, NotFound.SERVICE_UNAVAILABLE);
    }

    /** Envoy's names of statuses. */
    public enum NotFound {
        SERVICE_UNAVAILABLE(503),
        NOT_FOUND(404),
        INTERNAL_SERVER_ERROR(500);

        private final int status;

        NotFound(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }
}
