package dev.wick.route.compile;

import dev.wick.model.HostRewrite;
import dev.wick.model.PathMatch;
import dev.wick.model.RegexRewrite;
import dev.wick.model.Rewrite;
import dev.wick.model.UriTemplate;
import dev.wick.route.AuthorityRewrite;
import dev.wick.route.PathCondition;
import dev.wick.route.PathRewrite;
import dev.wick.route.Replacement;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rewrites of paths and hosts -> what makes them. */
final class RewriteCompiler {

    private final Report report;

    RewriteCompiler(Report report) {
        this.report = report;
    }

    /**
     * @param match the route's, of which {@code condition} was made
     */
    PathRewrite path(Rewrite rewrite, PathMatch match, PathCondition condition, String field) {
        String template = rewrite.template();
        if (template != null) {
            return template(template, match, field + ".pathTemplateRewrite");
        }
        return path(rewrite.prefix(), rewrite.regex(), condition, field);
    }

    PathRewrite path(
            @Nullable String prefix,
            @Nullable RegexRewrite regex,
            PathCondition condition,
            String field) {
        if (regex != null) {
            return PathRewrite.regex(replacement(regex, field + ".regexRewrite"));
        }
        // An empty text is none, as in Envoy.
        return prefix == null || prefix.isEmpty()
                ? PathRewrite.none()
                : PathRewrite.prefix(condition, Octets.of(prefix));
    }

    private PathRewrite template(String rewrite, PathMatch match, String field) {
        UriTemplate.Rewrite read = UriTemplate.Rewrite.of(rewrite);
        if (!(match instanceof PathMatch.Template template) || read.wrong() != null) {
            report.text(field, rewrite, "a template, beside a match by template");
            return PathRewrite.none();
        }
        UriTemplate matched = UriTemplate.of(template.template());
        List<String> parts = read.parts();
        @Nullable String[] texts = new @Nullable String[parts.size()];
        int[] groups = new int[parts.size()];
        for (int i = 0; i < texts.length; i++) {
            Integer group = i % 2 == 0 ? null : matched.variables().get(parts.get(i));
            if (i % 2 == 0) {
                texts[i] = parts.get(i);
            } else if (group == null) {
                report.text(field, rewrite, "variables of the match's template");
            } else {
                groups[i] = group;
            }
        }
        return PathRewrite.template(report.pattern(field, matched.regex()), texts, groups);
    }

    private Replacement replacement(RegexRewrite rewrite, String field) {
        List<RegexRewrite.Part> parts = rewrite.parts();
        if (parts == null) {
            report.text(field + ".substitution", rewrite.substitution(), "\\0 to \\9, or \\\\");
            parts = List.of();
        }
        @Nullable String[] texts = new @Nullable String[parts.size()];
        int[] groups = new int[parts.size()];
        for (int i = 0; i < texts.length; i++) {
            String text = parts.get(i).text();
            texts[i] = text == null ? null : Octets.of(text);
            groups[i] = parts.get(i).group();
        }
        return new Replacement(
                report.pattern(field + ".pattern", rewrite.pattern()), texts, groups);
    }

    /** Null where nothing is said. */
    @Nullable AuthorityRewrite authority(Rewrite rewrite, String field) {
        HostRewrite host = rewrite.host();
        boolean append = rewrite.appendXForwardedHost();
        if (host instanceof HostRewrite.Literal literal) {
            return AuthorityRewrite.literal(Octets.of(literal.host()), append);
        } else if (host instanceof HostRewrite.Header header) {
            return AuthorityRewrite.header(header.name().toLowerCase(Locale.ROOT), append);
        } else if (host instanceof HostRewrite.PathRegex path) {
            Replacement replacement = replacement(path.regex(), field + ".hostRewritePathRegex");
            return AuthorityRewrite.path(replacement, append);
        } else if (host instanceof HostRewrite.Auto) {
            return AuthorityRewrite.auto(append);
        }
        return null;
    }
}
