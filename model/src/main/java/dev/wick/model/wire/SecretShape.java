package dev.wick.model.wire;

import dev.wick.model.Kind;
import dev.wick.model.Secret;
import dev.wick.model.check.Rules;

/** The shape of a secret. */
final class SecretShape {

    static final Shape<Secret> SECRET = secret();

    private SecretShape() {}

    private static Shape<Secret> secret() {
        ShapeBuilder<Secret> shape =
                Shapes.document(
                        Kind.SECRET,
                        "Something that only instances may read: encrypted where it is stored, redacted wherever it is shown.");
        Slot<String> name = Shapes.name(shape);
        Slot<String> value =
                shape.required(
                        "value", Types.secret(1, 65_536), Secret::value, "1 byte to 64 KiB.");
        shape.rule(Rules::secret);
        return shape.make(v -> new Secret(name.of(v), value.of(v)));
    }
}
