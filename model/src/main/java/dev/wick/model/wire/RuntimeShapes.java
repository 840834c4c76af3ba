package dev.wick.model.wire;

import dev.wick.model.FractionalPercent;
import dev.wick.model.Kind;
import dev.wick.model.Runtime;
import dev.wick.model.RuntimeFraction;
import dev.wick.model.check.MatchRules;
import java.util.Map;

/** The shapes of what may be turned without touching routes. */
final class RuntimeShapes {

    static final Shape<Runtime> RUNTIME = runtime();

    private RuntimeShapes() {}

    private static Shape<Runtime> runtime() {
        ShapeBuilder<Runtime> shape =
                Shapes.document(
                        Kind.RUNTIME,
                        "Shares of requests that routes name by keys; one a gateway.");
        Slot<String> name = Shapes.name(shape);
        Slot<Map<String, FractionalPercent>> values =
                shape.optional(
                        "values",
                        new FractionMap(DeliveryShapes.share()),
                        Runtime::values,
                        Map.of(),
                        "By key: a percentage, or numerator and denominator.");
        shape.rule(MatchRules::runtime);
        return shape.make(v -> new Runtime(name.of(v), values.of(v)));
    }

    static Shape<RuntimeFraction> fraction() {
        ShapeBuilder<RuntimeFraction> shape =
                new ShapeBuilder<>("RuntimeFractionalPercent", "A share that Runtime may say.");
        Slot<FractionalPercent> value =
                shape.required(
                        "defaultValue",
                        DeliveryShapes.share(),
                        RuntimeFraction::defaultValue,
                        "Holds where the key is not there.");
        Slot<String> key =
                shape.optional(
                        "runtimeKey",
                        Types.text(0, 256),
                        RuntimeFraction::runtimeKey,
                        "",
                        "A key of Runtime.");
        return shape.make(v -> new RuntimeFraction(value.of(v), key.of(v)));
    }
}
