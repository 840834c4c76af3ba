package dev.wick.model.wire;

import dev.wick.model.Endpoint;
import dev.wick.model.Endpoints;
import dev.wick.model.Kind;
import dev.wick.model.LoadBalancing.LocalityWeight;
import dev.wick.model.check.Rules;
import java.util.List;

/** The shape of a document of hosts. */
final class EndpointsShape {

    static final Shape<Endpoints> ENDPOINTS = endpoints();

    private EndpointsShape() {}

    private static Shape<Endpoints> endpoints() {
        ShapeBuilder<Endpoints> shape =
                Shapes.document(Kind.ENDPOINTS, "Hosts of clusters of type EDS.");
        Slot<String> name = Shapes.name(shape);
        Slot<List<Endpoint>> hosts = EndpointShapes.endpoints(shape, Endpoints::endpoints);
        Slot<List<LocalityWeight>> weights =
                EndpointShapes.localityWeights(shape, Endpoints::localityWeights);
        Slot<Integer> overprovisioning =
                EndpointShapes.overprovisioning(shape, Endpoints::overprovisioningFactor);
        shape.rule(Rules::endpointsDocument);
        return shape.make(
                v -> new Endpoints(name.of(v), hosts.of(v), weights.of(v), overprovisioning.of(v)));
    }
}
