package dev.wick.route.compile;

import dev.wick.model.CookieMatch;
import dev.wick.model.HeaderMatch;
import dev.wick.model.PathMatch;
import dev.wick.model.QueryMatch;
import dev.wick.model.RouteMatch;
import dev.wick.model.UriTemplate;
import dev.wick.model.ValueMatch;
import dev.wick.route.AnswerCondition;
import dev.wick.route.Condition;
import dev.wick.route.PathCondition;
import dev.wick.route.ValueTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Matches -> conditions. Sealed types are told apart by instanceof here: a pattern switch is dear
 * on an instance's way to its first byte.
 */
final class MatchCompiler {

    private final Report report;

    MatchCompiler(Report report) {
        this.report = report;
    }

    PathCondition path(PathMatch match, String field) {
        boolean caseSensitive = match.caseSensitive();
        if (match instanceof PathMatch.Exact exact) {
            return PathCondition.exact(Octets.of(exact.path()), caseSensitive);
        } else if (match instanceof PathMatch.Prefix prefix) {
            return PathCondition.prefix(Octets.of(prefix.prefix()), caseSensitive);
        } else if (match instanceof PathMatch.PathSeparatedPrefix prefix) {
            return PathCondition.pathSeparatedPrefix(Octets.of(prefix.prefix()), caseSensitive);
        } else if (match instanceof PathMatch.Regex regex) {
            return PathCondition.regex(report.pattern(field + ".regex", regex.regex()));
        } else if (match instanceof PathMatch.Template template) {
            return template(template.template(), field + ".template");
        } else if (match instanceof PathMatch.Connect) {
            return PathCondition.connect();
        }
        throw new AssertionError(match);
    }

    private PathCondition template(String text, String field) {
        UriTemplate template = UriTemplate.of(text);
        String wrong = template.wrong();
        if (wrong != null) {
            report.text(field, text, wrong);
        }
        return PathCondition.template(text, report.pattern(field, template.regex()));
    }

    /** All but that on the path, the cheapest first. */
    Condition[] conditions(RouteMatch match, String field) {
        List<Condition> conditions = new ArrayList<>();
        if (!match.methods().isEmpty()) {
            conditions.add(Condition.methods(match.methods().toArray(new String[0])));
        }
        if (match.grpc()) {
            conditions.add(Condition.grpc());
        }
        for (int i = 0; i < match.headers().size(); i++) {
            conditions.add(header(match.headers().get(i), field + ".headers[" + i + "]"));
        }
        for (int i = 0; i < match.query().size(); i++) {
            QueryMatch query = match.query().get(i);
            ValueTest test = test(query.value(), field + ".query[" + i + "]");
            conditions.add(Condition.query(Octets.of(query.name()), test));
        }
        for (int i = 0; i < match.cookies().size(); i++) {
            CookieMatch cookie = match.cookies().get(i);
            ValueTest test = test(cookie.value(), field + ".cookies[" + i + "]");
            conditions.add(Condition.cookie(cookie.name(), test, cookie.invert()));
        }
        return conditions.toArray(new Condition[0]);
    }

    /** On an answer's header. */
    AnswerCondition answer(HeaderMatch match, String field) {
        String name = match.name().toLowerCase(Locale.ROOT);
        ValueTest test = test(match.value(), field);
        return new AnswerCondition(name, test, match.invert(), match.treatMissingHeaderAsEmpty());
    }

    Condition header(HeaderMatch match, String field) {
        String name = match.name().toLowerCase(Locale.ROOT);
        ValueTest test = test(match.value(), field);
        return Condition.header(name, test, match.invert(), match.treatMissingHeaderAsEmpty());
    }

    private ValueTest test(ValueMatch match, String field) {
        if (match instanceof ValueMatch.Exact exact) {
            return ValueTest.exact(Octets.of(exact.value()), match.ignoreCase());
        } else if (match instanceof ValueMatch.Prefix prefix) {
            return ValueTest.prefix(Octets.of(prefix.prefix()), match.ignoreCase());
        } else if (match instanceof ValueMatch.Suffix suffix) {
            return ValueTest.suffix(Octets.of(suffix.suffix()), match.ignoreCase());
        } else if (match instanceof ValueMatch.Contains contains) {
            return ValueTest.contains(Octets.of(contains.part()), match.ignoreCase());
        } else if (match instanceof ValueMatch.Present present) {
            return ValueTest.present(present.present());
        } else if (match instanceof ValueMatch.Regex regex) {
            return ValueTest.regex(report.pattern(field + ".regex", regex.regex()));
        } else if (match instanceof ValueMatch.Range range) {
            return ValueTest.range(range.start(), range.end());
        }
        throw new AssertionError(match);
    }
}
