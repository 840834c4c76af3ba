package dev.wick.model.wire;

import dev.wick.model.HeaderMutations;
import dev.wick.model.HeaderMutations.AppendAction;
import dev.wick.model.HeaderMutations.HeaderValue;
import dev.wick.model.check.HeaderRules;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shapes of changes to headers. */
final class HeaderShapes {

    static final Type<String> NAME =
            Types.text(
                    1,
                    256,
                    "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$",
                    "the name of a header: letters, digits and -");

    /** A header that is appended unless its action says otherwise. */
    static final Shape<HeaderValue> ADDED =
            header(
                    "HeaderValue",
                    AppendAction.APPEND_IF_EXISTS_OR_ADD,
                    "What happens where the header is there already, and where not.");

    static final Shape<HeaderMutations> MUTATIONS = headerMutations();

    private HeaderShapes() {}

    static <R> Slot<HeaderMutations> mutations(
            ShapeBuilder<R> shape,
            String field,
            Function<R, @Nullable HeaderMutations> value,
            String says) {
        return shape.optional(field, MUTATIONS, value, HeaderMutations.NONE, says);
    }

    private static Shape<HeaderValue> header(
            String shape, AppendAction actionWhenAbsent, String actionSays) {
        ShapeBuilder<HeaderValue> header = new ShapeBuilder<>(shape, "A header.");
        Slot<String> name =
                header.required("name", NAME, HeaderValue::name, "Case does not matter.");
        Slot<String> value =
                header.required(
                        "value",
                        Texts.ANY,
                        HeaderValue::value,
                        "Text with operators, as %PROTOCOL% or %REQ(x-a?x-b):20%; a percent sign is written %%.");
        Slot<AppendAction> action =
                header.optional(
                        "appendAction",
                        Types.oneOf(AppendAction.values()),
                        HeaderValue::appendAction,
                        actionWhenAbsent,
                        actionSays);
        Slot<Boolean> keepEmptyValue =
                header.optional(
                        "keepEmptyValue",
                        Types.truth(),
                        HeaderValue::keepEmptyValue,
                        false,
                        "Whether a header without a value is sent; else it is left out.");
        header.rule(HeaderRules::value);
        return header.make(
                v -> new HeaderValue(name.of(v), value.of(v), action.of(v), keepEmptyValue.of(v)));
    }

    private static Shape<HeaderMutations> headerMutations() {
        Shape<HeaderValue> replacing =
                header(
                        "ReplacingHeaderValue",
                        AppendAction.OVERWRITE_IF_EXISTS_OR_ADD,
                        "OVERWRITE_IF_EXISTS: only where the header is there already.");
        ShapeBuilder<HeaderMutations> shape =
                new ShapeBuilder<>(
                        "HeaderMutations", "Changes to headers: remove, then set, then add.");
        Slot<List<HeaderValue>> add =
                shape.optional(
                        "add",
                        Types.list(ADDED, 0),
                        HeaderMutations::add,
                        List.of(),
                        "Appended to what is there, unless an action says otherwise.");
        Slot<List<HeaderValue>> set =
                shape.optional(
                        "set",
                        Types.list(replacing, 0),
                        HeaderMutations::set,
                        List.of(),
                        "Replaces what is there.");
        Slot<List<String>> remove =
                shape.optional(
                        "remove",
                        Types.list(NAME, 0),
                        HeaderMutations::remove,
                        List.of(),
                        "Names of headers to remove.");
        shape.emptyWhen(HeaderMutations::isEmpty);
        shape.rule(HeaderRules::mutations);
        return shape.make(v -> new HeaderMutations(add.of(v), set.of(v), remove.of(v)));
    }
}
