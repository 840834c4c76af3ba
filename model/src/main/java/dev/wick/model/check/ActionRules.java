package dev.wick.model.check;

import dev.wick.model.HostRewrite;
import dev.wick.model.PathMatch;
import dev.wick.model.Problem;
import dev.wick.model.RegexRewrite;
import dev.wick.model.Rewrite;
import dev.wick.model.Route;
import dev.wick.model.RouteAction;
import dev.wick.model.RouteAction.WeightedCluster;
import dev.wick.model.UriTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What holds within which cluster, rewrites and redirects, as in {@link Rules}. */
public final class ActionRules {

    private static final long MOST_WEIGHT = 4_294_967_295L;

    private ActionRules() {}

    /** What an action asks of the match beside it. */
    static void route(Route route, Findings findings) {
        PathMatch path = route.match().path();
        if (route.action() instanceof RouteAction.Forward forward) {
            findings.enter("route");
            prefixed(forward.rewrite().prefix(), path, findings);
            templated(forward.rewrite().template(), path, findings);
            findings.leave();
        } else if (route.action() instanceof RouteAction.Redirect redirect) {
            findings.enter("redirect");
            prefixed(redirect.prefixRewrite(), path, findings);
            findings.leave();
        }
    }

    private static void prefixed(@Nullable String rewrite, PathMatch path, Findings findings) {
        if (rewrite != null && path instanceof PathMatch.Template) {
            findings.add(
                    "prefixRewrite",
                    Problem.shown(rewrite),
                    "a match by prefix, exact or regex, or no rewrite: a template matches no prefix that could be replaced");
        }
    }

    private static void templated(@Nullable String rewrite, PathMatch path, Findings findings) {
        if (rewrite == null) {
            return;
        }
        if (!(path instanceof PathMatch.Template template)) {
            findings.text("pathTemplateRewrite", rewrite, "a match by template beside it");
            return;
        }
        List<String> parts = UriTemplate.Rewrite.of(rewrite).parts();
        UriTemplate matched = UriTemplate.of(template.template());
        for (int i = 1; i < parts.size() && matched.wrong() == null; i += 2) {
            if (!matched.variables().containsKey(parts.get(i))) {
                findings.text(
                        "pathTemplateRewrite",
                        rewrite,
                        "variables of the match's template: " + parts.get(i) + " is none");
            }
        }
    }

    /** Which cluster, and what becomes of path and host. */
    static void forward(RouteAction.Forward forward, Findings findings) {
        long sum = 0;
        for (WeightedCluster cluster : forward.clusters()) {
            sum += Math.clamp(cluster.weight(), 0, MOST_WEIGHT);
        }
        if (forward.clusters().isEmpty()) {
            findings.add("weightedClusters", "[]", "a list of at least 1");
        } else if (sum < 1 || sum > MOST_WEIGHT) {
            findings.add(
                    "weightedClusters",
                    "weights of " + sum + " in all",
                    "a sum of 1-" + MOST_WEIGHT);
        } else if (forward.clusters().size() == 1 && forward.clusters().getFirst().isPlain()) {
            named(forward.clusters().getFirst(), findings);
        }
        rewrite(forward.rewrite(), findings);
    }

    private static void rewrite(Rewrite rewrite, Findings findings) {
        String prefix = rewrite.prefix();
        if (prefix != null) {
            findings.text("prefixRewrite", prefix, Syntax.path(prefix));
        }
        String template = rewrite.template();
        if (template != null) {
            String wrong = UriTemplate.Rewrite.of(template).wrong();
            findings.text("pathTemplateRewrite", template, wrong);
        }
        substituted("regexRewrite", rewrite.regex(), Syntax::pathPart, findings);
        List<String> paths = new ArrayList<>();
        named("prefixRewrite", prefix, paths);
        named("regexRewrite", rewrite.regex(), paths);
        named("pathTemplateRewrite", template, paths);
        if (paths.size() > 1) {
            findings.add(
                    String.join(", ", paths),
                    "at most one of prefixRewrite, regexRewrite, pathTemplateRewrite");
        }
        host(rewrite, findings);
    }

    private static void named(String field, @Nullable Object value, List<String> given) {
        if (value != null) {
            given.add(field);
        }
    }

    private static void host(Rewrite rewrite, Findings findings) {
        if (rewrite.host() instanceof HostRewrite.Literal literal) {
            findings.text("hostRewriteLiteral", literal.host(), Syntax.authority(literal.host()));
        } else if (rewrite.host() instanceof HostRewrite.Header header) {
            findings.text("hostRewriteHeader", header.name(), Syntax.matchedHeader(header.name()));
        } else if (rewrite.host() instanceof HostRewrite.PathRegex path) {
            substituted("hostRewritePathRegex", path.regex(), Syntax::hostPart, findings);
        } else if (rewrite.host() == null && rewrite.appendXForwardedHost()) {
            findings.add(
                    "appendXForwardedHost",
                    "true",
                    "a host rewrite beside it: without one no host is replaced");
        }
    }

    /** A pattern and what stands in the place of what it matches. */
    public static void regexRewrite(RegexRewrite rewrite, Findings findings) {
        String wrong = Regexes.expected(rewrite.pattern());
        findings.text("pattern", rewrite.pattern(), wrong);
        List<RegexRewrite.Part> parts = rewrite.parts();
        if (parts == null) {
            findings.text("substitution", rewrite.substitution(), "\\0 to \\9, or \\\\");
            return;
        }
        int groups = wrong == null ? Regexes.pattern(rewrite.pattern()).groupCount() : 9;
        for (RegexRewrite.Part part : parts) {
            if (part.group() > groups) {
                findings.text(
                        "substitution",
                        rewrite.substitution(),
                        "groups of the pattern: it has " + groups);
            }
        }
    }

    /** What stands between the groups of a substitution is sent as it is. */
    private static void substituted(
            String field,
            @Nullable RegexRewrite rewrite,
            Function<String, @Nullable String> expected,
            Findings findings) {
        List<RegexRewrite.Part> parts = rewrite == null ? null : rewrite.parts();
        if (rewrite == null || parts == null) {
            return;
        }
        findings.enter(field);
        for (RegexRewrite.Part part : parts) {
            String text = part.text();
            String wrong = text == null ? null : expected.apply(text);
            findings.text("substitution", rewrite.substitution(), wrong);
        }
        findings.leave();
    }

    /** One cluster's share; that there is such a cluster, the rules across documents say. */
    public static void weightedCluster(WeightedCluster cluster, Findings findings) {
        named(cluster, findings);
        if (cluster.weight() < 0 || cluster.weight() > MOST_WEIGHT) {
            findings.add("weight", Long.toString(cluster.weight()), "0-" + MOST_WEIGHT);
        }
    }

    private static void named(WeightedCluster cluster, Findings findings) {
        String name = cluster.cluster();
        String header = cluster.clusterHeader();
        if (name != null) {
            findings.text("cluster", name, Syntax.documentName(name));
        } else if (header != null) {
            findings.text("clusterHeader", header, Syntax.matchedHeader(header));
        }
    }

    /** A redirect. */
    public static void redirect(RouteAction.Redirect redirect, Findings findings) {
        String scheme = redirect.scheme();
        String host = redirect.host();
        Integer port = redirect.port();
        if (scheme != null) {
            findings.text("scheme", scheme, Syntax.scheme(scheme));
        }
        if (scheme != null && redirect.httpsRedirect()) {
            findings.add("scheme, httpsRedirect", "at most one of scheme, httpsRedirect");
        }
        if (host != null) {
            findings.text("host", host, Syntax.host(host));
        }
        if (port != null && (port < 1 || port > 65_535)) {
            findings.add("port", Integer.toString(port), "1-65535");
        }
        boolean moves = redirect.newScheme() != null || host != null || port != null;
        if (!redirectedPath(redirect, findings) && !moves && !redirect.stripQuery()) {
            findings.add(
                    "no change of the URL",
                    "at least one of scheme, httpsRedirect, host, port, path, prefixRewrite, regexRewrite, stripQuery: a redirect to itself never ends");
        }
        switch (redirect.status()) {
            case 301, 302, 303, 307, 308 -> {}
            default ->
                    findings.add(
                            "status",
                            Integer.toString(redirect.status()),
                            "301, 302, 303, 307 or 308");
        }
    }

    private static boolean redirectedPath(RouteAction.Redirect redirect, Findings findings) {
        String path = redirect.path();
        String prefix = redirect.prefixRewrite();
        List<String> paths = new ArrayList<>();
        named("path", path, paths);
        named("prefixRewrite", prefix, paths);
        named("regexRewrite", redirect.regexRewrite(), paths);
        if (path != null) {
            findings.text("path", path, Syntax.pathAndQuery(path));
        }
        if (prefix != null) {
            findings.text("prefixRewrite", prefix, Syntax.path(prefix));
        }
        substituted("regexRewrite", redirect.regexRewrite(), Syntax::pathPart, findings);
        if (paths.size() > 1) {
            findings.add(
                    String.join(", ", paths), "at most one of path, prefixRewrite, regexRewrite");
        }
        return !paths.isEmpty();
    }
}
