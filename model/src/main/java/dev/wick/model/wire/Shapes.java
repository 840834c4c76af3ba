package dev.wick.model.wire;

import dev.wick.model.Document;
import dev.wick.model.Kind;
import dev.wick.model.check.Rules;

/**
 * The language: one shape per record, from which it is read, written and described. What a field
 * may hold beyond its shape is said by {@link Rules}. The shapes of a kind are made when the kind
 * is first met: a cold instance pays for what it reads.
 */
final class Shapes {

    private Shapes() {}

    static Shape<? extends Document> of(Kind kind) {
        return switch (kind) {
            case LISTENER -> ListenerShape.LISTENER;
            case VIRTUAL_HOST -> HostShape.VIRTUAL_HOST;
            case CLUSTER -> ClusterShape.CLUSTER;
            case ENDPOINTS -> EndpointsShape.ENDPOINTS;
            case SECRET -> SecretShape.SECRET;
            case RUNTIME -> RuntimeShapes.RUNTIME;
        };
    }

    static <D extends Document> ShapeBuilder<D> document(Kind kind, String says) {
        ShapeBuilder<D> shape = new ShapeBuilder<>(kind.spelling(), says);
        shape.constant("kind", kind.spelling(), "What the document describes.");
        return shape;
    }

    static <D extends Document> Slot<String> name(ShapeBuilder<D> shape) {
        return shape.required(
                "name", new Name(true), Document::name, "Unique among the documents of its kind.");
    }
}
