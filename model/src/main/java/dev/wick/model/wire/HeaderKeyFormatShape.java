package dev.wick.model.wire;

import dev.wick.model.HeaderKeyFormat;
import dev.wick.model.HeaderKeyFormat.FormatterType;
import dev.wick.model.HeaderKeyFormat.PreserveCase;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shape of how names of header fields are spelt, with clients and with hosts. */
final class HeaderKeyFormatShape {

    private HeaderKeyFormatShape() {}

    /** The field {@code headerKeyFormat} of a shape. */
    static <R> Slot<@Nullable HeaderKeyFormat> add(
            ShapeBuilder<R> shape, Function<R, @Nullable HeaderKeyFormat> value) {
        return shape.nullable(
                "headerKeyFormat",
                new Later<>(HeaderKeyFormatShape::format),
                value,
                "How names of headers are spelt; by default in lower case.",
                "lower case");
    }

    private static Shape<HeaderKeyFormat> format() {
        ShapeBuilder<HeaderKeyFormat> shape =
                new ShapeBuilder<>("HeaderKeyFormat", "How names of headers are spelt in HTTP/1.");
        Choice<HeaderKeyFormat> formats =
                new Choice<HeaderKeyFormat>()
                        .or(
                                "properCaseWords",
                                new Later<>(HeaderKeyFormatShape::words),
                                format -> format,
                                format -> format.preserveCase() == null ? format : null,
                                "Each word begins with a capital, as in Content-Type.")
                        .or(
                                "statefulFormatter",
                                new Later<>(HeaderKeyFormatShape::stateful),
                                HeaderKeyFormat::new,
                                HeaderKeyFormat::preserveCase,
                                "As they came.");
        Slot<HeaderKeyFormat> format = shape.oneOf(formats, f -> f);
        return shape.make(format::of);
    }

    private static Shape<HeaderKeyFormat> words() {
        return new ShapeBuilder<HeaderKeyFormat>(
                        "ProperCaseWords", "Each word begins with a capital.")
                .make(v -> HeaderKeyFormat.PROPER_CASE_WORDS);
    }

    private static Shape<PreserveCase> stateful() {
        ShapeBuilder<PreserveCase> shape =
                new ShapeBuilder<>(
                        "StatefulFormatter", "Spells names by what was learnt of the message.");
        Slot<PreserveCase> preserve =
                shape.required(
                        "preserveCase",
                        new Later<>(HeaderKeyFormatShape::preserveCase),
                        p -> p,
                        "Names go on as they came.");
        return shape.make(preserve::of);
    }

    private static Shape<PreserveCase> preserveCase() {
        ShapeBuilder<PreserveCase> shape =
                new ShapeBuilder<>("PreserveCase", "Names go on as they came.");
        Slot<Boolean> reason =
                shape.optional(
                        "forwardReasonPhrase",
                        Types.truth(),
                        PreserveCase::forwardReasonPhrase,
                        false,
                        "Whether the reason phrase of an answer goes on too.");
        Slot<FormatterType> others =
                shape.optional(
                        "formatterTypeOnEnvoyHeaders",
                        Types.oneOf(FormatterType.values()),
                        PreserveCase::formatterTypeOnEnvoyHeaders,
                        FormatterType.DEFAULT,
                        "How names are spelt that were added on the way.");
        return shape.make(v -> new PreserveCase(reason.of(v), others.of(v)));
    }
}
