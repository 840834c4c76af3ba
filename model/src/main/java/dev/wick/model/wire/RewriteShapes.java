package dev.wick.model.wire;

import dev.wick.model.HostRewrite;
import dev.wick.model.RegexRewrite;
import dev.wick.model.Rewrite;
import dev.wick.model.RouteAction.Forward;
import dev.wick.model.check.ActionRules;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shapes of what a route makes of a request's path and host. */
final class RewriteShapes {

    static final Shape<RegexRewrite> REGEX_REWRITE = regexRewrite();

    private RewriteShapes() {}

    private static Shape<RegexRewrite> regexRewrite() {
        ShapeBuilder<RegexRewrite> shape =
                new ShapeBuilder<>("RegexRewrite", "Replaces every part that a pattern matches.");
        Slot<String> pattern =
                shape.required("pattern", Texts.REGEX, RegexRewrite::pattern, "RE2 syntax.");
        Slot<String> substitution =
                shape.optional(
                        "substitution",
                        Types.text(0, 4_096),
                        RegexRewrite::substitution,
                        "",
                        "What stands in its place; \\1 is what the first group matched.");
        shape.rule(ActionRules::regexRewrite);
        return shape.make(v -> new RegexRewrite(pattern.of(v), substitution.of(v)));
    }

    /** Adds the fields; the answer makes a rewrite of what was read. */
    static Function<@Nullable Object[], Rewrite> rewrite(ShapeBuilder<Forward> shape) {
        Slot<@Nullable String> prefix =
                shape.nullable(
                        "prefixRewrite",
                        Texts.PATH,
                        forward -> forward.rewrite().prefix(),
                        "Replaces the part of the path that the match's path matched.");
        Slot<@Nullable RegexRewrite> regex =
                shape.nullable(
                        "regexRewrite",
                        REGEX_REWRITE,
                        forward -> forward.rewrite().regex(),
                        "Replaces parts of the path.");
        Slot<@Nullable String> template =
                shape.nullable(
                        "pathTemplateRewrite",
                        Texts.PATH,
                        forward -> forward.rewrite().template(),
                        "Replaces the path; may hold variables of the match's template.");
        shape.atMostOne("prefixRewrite", "regexRewrite", "pathTemplateRewrite");
        Function<@Nullable Object[], @Nullable HostRewrite> host = host(shape);
        Slot<Boolean> append =
                shape.optional(
                        "appendXForwardedHost",
                        Types.truth(),
                        forward -> forward.rewrite().appendXForwardedHost(),
                        false,
                        "Whether x-forwarded-host gets the host that is replaced.");
        return v ->
                new Rewrite(prefix.of(v), regex.of(v), template.of(v), host.apply(v), append.of(v));
    }

    private static Function<@Nullable Object[], @Nullable HostRewrite> host(
            ShapeBuilder<Forward> shape) {
        Slot<@Nullable String> literal =
                shape.nullable(
                        "hostRewriteLiteral",
                        Types.text(1, 260),
                        f -> f.rewrite().host() instanceof HostRewrite.Literal l ? l.host() : null,
                        "The host that the cluster sees.");
        Slot<@Nullable String> header =
                shape.nullable(
                        "hostRewriteHeader",
                        Types.text(1, 256),
                        f -> f.rewrite().host() instanceof HostRewrite.Header h ? h.name() : null,
                        "The header whose value is the host that the cluster sees.");
        Slot<@Nullable RegexRewrite> path =
                shape.nullable(
                        "hostRewritePathRegex",
                        REGEX_REWRITE,
                        f ->
                                f.rewrite().host() instanceof HostRewrite.PathRegex p
                                        ? p.regex()
                                        : null,
                        "Makes the host that the cluster sees of the path.");
        Slot<Boolean> auto =
                shape.optional(
                        "autoHostRewrite",
                        Types.truth(),
                        f -> f.rewrite().host() instanceof HostRewrite.Auto,
                        false,
                        "Whether the cluster sees the DNS name of the endpoint that is chosen.");
        shape.atMostOne(
                "hostRewriteLiteral",
                "hostRewriteHeader",
                "hostRewritePathRegex",
                "autoHostRewrite");
        return v -> {
            String host = literal.of(v);
            String name = header.of(v);
            RegexRewrite regex = path.of(v);
            if (host != null) {
                return new HostRewrite.Literal(host);
            } else if (name != null) {
                return new HostRewrite.Header(name);
            } else if (regex != null) {
                return new HostRewrite.PathRegex(regex);
            }
            return auto.of(v) ? new HostRewrite.Auto() : null;
        };
    }
}
