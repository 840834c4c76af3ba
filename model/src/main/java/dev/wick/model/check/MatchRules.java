package dev.wick.model.check;

import dev.wick.model.CookieMatch;
import dev.wick.model.HeaderMatch;
import dev.wick.model.PathMatch;
import dev.wick.model.QueryMatch;
import dev.wick.model.RouteMatch;
import dev.wick.model.Runtime;
import dev.wick.model.UriTemplate;
import dev.wick.model.ValueMatch;

/** What holds within the conditions of a route, one rule per record as in {@link Rules}. */
public final class MatchRules {

    private MatchRules() {}

    public static void routeMatch(RouteMatch match, Findings findings) {
        findings.enter("methods");
        for (int i = 0; i < match.methods().size(); i++) {
            String method = match.methods().get(i);
            boolean good =
                    Syntax.isToken(method) && method.chars().noneMatch(Character::isLowerCase);
            findings.enter(i);
            findings.text(method, good ? null : "a method in upper case, as GET");
            findings.leave();
        }
        findings.leave();
    }

    /** All of a match, what stands within it included. */
    static void all(RouteMatch match, Findings findings) {
        routeMatch(match, findings);
        findings.enter("path");
        pathMatch(match.path(), findings);
        findings.leave();
        Check.each("headers", match.headers(), MatchRules::headerMatch, findings);
        Check.each("query", match.query(), MatchRules::queryMatch, findings);
        Check.each("cookies", match.cookies(), MatchRules::cookieMatch, findings);
    }

    public static void pathMatch(PathMatch path, Findings findings) {
        if (path instanceof PathMatch.Exact exact) {
            findings.text("exact", exact.path(), Syntax.path(exact.path()));
        } else if (path instanceof PathMatch.Prefix prefix) {
            findings.text("prefix", prefix.prefix(), Syntax.path(prefix.prefix()));
        } else if (path instanceof PathMatch.PathSeparatedPrefix prefix) {
            String text = prefix.prefix();
            String wrong = Syntax.path(text);
            String open = text.endsWith("/") ? "a path that does not end with /" : null;
            findings.text("pathSeparatedPrefix", text, wrong == null ? open : wrong);
        } else if (path instanceof PathMatch.Regex regex) {
            findings.text("regex", regex.regex(), Regexes.expected(regex.regex()));
        } else if (path instanceof PathMatch.Template template) {
            String text = template.template();
            findings.text("template", text, UriTemplate.of(text).wrong());
        }
    }

    public static void headerMatch(HeaderMatch match, Findings findings) {
        findings.text("name", match.name(), Syntax.matchedHeader(match.name()));
        valueMatch(match.value(), findings);
        if (match.value() instanceof ValueMatch.Range range && range.end() <= range.start()) {
            findings.enter("range");
            findings.add("end", Long.toString(range.end()), "more than start");
            findings.leave();
        }
        if (match.treatMissingHeaderAsEmpty() && match.value() instanceof ValueMatch.Present) {
            findings.add(
                    "treatMissingHeaderAsEmpty",
                    "true",
                    "not with present, which asks whether the header is missing");
        }
    }

    public static void runtime(Runtime runtime, Findings findings) {
        boolean good = runtime.name().equals(Runtime.NAME);
        findings.text("name", runtime.name(), good ? null : Runtime.NAME + ": a gateway has one");
    }

    public static void queryMatch(QueryMatch match, Findings findings) {
        findings.text("name", match.name(), Syntax.parameter(match.name()));
        noRange(match.value(), findings);
        valueMatch(match.value(), findings);
    }

    public static void cookieMatch(CookieMatch match, Findings findings) {
        boolean good = Syntax.isToken(match.name());
        findings.text(
                "name", match.name(), good ? null : "the name of a cookie: letters and digits");
        noRange(match.value(), findings);
        valueMatch(match.value(), findings);
    }

    private static void noRange(ValueMatch value, Findings findings) {
        if (value instanceof ValueMatch.Range) {
            findings.add("range", "range", "only in a condition on a header");
        }
    }

    private static void valueMatch(ValueMatch value, Findings findings) {
        String some = "at least 1 character; present: true takes every value";
        if (value instanceof ValueMatch.Regex regex) {
            findings.text("regex", regex.regex(), Regexes.expected(regex.regex()));
        } else if (value instanceof ValueMatch.Prefix prefix && prefix.prefix().isEmpty()) {
            findings.text("prefix", "", some);
        } else if (value instanceof ValueMatch.Suffix suffix && suffix.suffix().isEmpty()) {
            findings.text("suffix", "", some);
        } else if (value instanceof ValueMatch.Contains contains && contains.part().isEmpty()) {
            findings.text("contains", "", some);
        }
    }
}
