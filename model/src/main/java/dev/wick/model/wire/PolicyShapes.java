package dev.wick.model.wire;

import dev.wick.model.HeaderMutations.HeaderValue;
import dev.wick.model.LocalReplyConfig;
import dev.wick.model.LocalReplyConfig.BodyFormat;
import dev.wick.model.LocalReplyConfig.Filter;
import dev.wick.model.LocalReplyConfig.Mapper;
import dev.wick.model.LocalReplyConfig.Op;
import dev.wick.model.LocalReplyConfig.StatusCode;
import dev.wick.model.check.PolicyRules;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shapes of what becomes of answers from here. */
final class PolicyShapes {

    private static final Type<String> FORMAT = Types.text(0, 16_384);

    private PolicyShapes() {}

    static Shape<LocalReplyConfig> localReply() {
        ShapeBuilder<LocalReplyConfig> shape =
                new ShapeBuilder<>("LocalReplyConfig", "What becomes of answers from here.");
        Slot<List<Mapper>> mappers =
                shape.optional(
                        "mappers",
                        Types.list(mapper(), 0),
                        LocalReplyConfig::mappers,
                        List.of(),
                        "The first whose filter takes an answer changes it.");
        Slot<@Nullable BodyFormat> format =
                shape.nullable(
                        "bodyFormat",
                        bodyFormat(),
                        LocalReplyConfig::bodyFormat,
                        "How bodies are written that no mapper formats.");
        shape.emptyWhen(LocalReplyConfig.DEFAULT::equals);
        shape.rule(PolicyRules::localReply);
        return shape.make(v -> new LocalReplyConfig(mappers.of(v), format.of(v)));
    }

    private static Shape<Mapper> mapper() {
        ShapeBuilder<Mapper> shape =
                new ShapeBuilder<>("ResponseMapper", "Changes some answers from here.");
        Slot<Filter> filter =
                shape.required("filter", filter(), Mapper::filter, "Which; all of it must hold.");
        Slot<@Nullable Integer> status =
                shape.nullable(
                        "statusCode", Types.whole(200, 599), Mapper::statusCode, "The new status.");
        Slot<@Nullable String> body =
                shape.nullable("body", Types.text(0, 4_096), Mapper::body, "The new body.");
        Slot<@Nullable BodyFormat> format =
                shape.nullable(
                        "bodyFormatOverride",
                        bodyFormat(),
                        Mapper::bodyFormatOverride,
                        "In the place of the general format.");
        Slot<List<HeaderValue>> headers =
                shape.optional(
                        "headersToAdd",
                        Types.list(HeaderShapes.ADDED, 0),
                        Mapper::headersToAdd,
                        List.of(),
                        "Filled in before the status is changed.");
        shape.rule(PolicyRules::mapper);
        return shape.make(
                v ->
                        new Mapper(
                                filter.of(v),
                                status.of(v),
                                body.of(v),
                                format.of(v),
                                headers.of(v)));
    }

    private static Shape<Filter> filter() {
        ShapeBuilder<StatusCode> status =
                new ShapeBuilder<>("StatusCodeFilter", "How the status compares with a number.");
        Slot<Op> op = status.required("op", Types.oneOf(Op.values()), StatusCode::op, "How.");
        Slot<Integer> value =
                status.required("value", Types.whole(100, 599), StatusCode::value, "The number.");
        Shape<StatusCode> statusShape = status.make(v -> new StatusCode(op.of(v), value.of(v)));
        ShapeBuilder<Filter> shape = new ShapeBuilder<>("ReplyFilter", "Which answers.");
        Slot<@Nullable StatusCode> statusCode =
                shape.nullable(
                        "statusCodeFilter", statusShape, Filter::statusCode, "By their status.");
        Slot<List<String>> flags =
                shape.optional(
                        "responseFlags",
                        Types.list(Types.text(2, 8), 0),
                        Filter::responseFlags,
                        List.of(),
                        "By their response flags, as NR: any of these.");
        return shape.make(v -> new Filter(statusCode.of(v), flags.of(v)));
    }

    static Shape<BodyFormat> bodyFormat() {
        ShapeBuilder<BodyFormat> shape =
                new ShapeBuilder<>("BodyFormat", "How a body is written: by text or by json.");
        Slot<@Nullable String> text =
                shape.nullable("text", FORMAT, BodyFormat::text, "Text with operators.");
        Slot<Map<String, String>> json =
                shape.optional(
                        "json",
                        new TextMap(FORMAT),
                        BodyFormat::json,
                        Map.of(),
                        "An object whose values are texts with operators.");
        Slot<@Nullable String> contentType =
                shape.nullable(
                        "contentType",
                        Types.text(1, 256),
                        BodyFormat::contentType,
                        "By default text/plain or application/json.",
                        "text/plain, or application/json for json");
        shape.atMostOne("text", "json");
        return shape.make(v -> new BodyFormat(text.of(v), json.of(v), contentType.of(v)));
    }
}
