package dev.wick.e2e;

import dev.wick.e2e.RouteTwins.Rule;
import dev.wick.e2e.harness.Envoy;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of match, at a real Envoy and at Wick: the same requests meet it. */
class MatchTwinTest {

    @AutoClose private static RouteTwins twins;

    /** A match in both languages: a route that has it answers one thing, all other another. */
    private static Rule match(String envoy, String wick, String... requests) {
        return new Rule(
                "{match: {"
                        + envoy
                        + "}, direct_response: {status: 200, body: {inline_string: met}}},"
                        + " {match: {prefix: /}, direct_response: {status: 200, body: {inline_string: passed}}}",
                "{match: {"
                        + wick
                        + "}, directResponse: {status: 200, body: met}},"
                        + " {match: {path: {prefix: /}}, directResponse: {status: 200, body: passed}}",
                requests);
    }

    private static final String URI_TEMPLATE =
            "path_match_policy: {name: t, typed_config: {'@type':"
                    + " type.googleapis.com/envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig,"
                    + " path_template: '%s'}}";

    private static Rule header(String envoy, String wick, String... values) {
        String[] requests = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            requests[i] = values[i].equals("-") ? "/" : "/|x: " + values[i];
        }
        return match(
                "prefix: /, headers: [{name: X, " + envoy + "}]",
                "path: {prefix: /}, headers: [{name: X, " + wick + "}]",
                requests);
    }

    private static Rule template(String template, String... paths) {
        return match(
                URI_TEMPLATE.formatted(template), "path: {template: '" + template + "'}", paths);
    }

    private static Rule query(String envoy, String wick) {
        return match(
                "prefix: /, query_parameters: [{name: q, " + envoy + "}]",
                "path: {prefix: /}, query: [{name: q, " + wick + "}]",
                "/",
                "/?q",
                "/?q=",
                "/?q=a",
                "/?q=A",
                "/?q=ab",
                "/?q=ba",
                "/?q=b&q=a",
                "/?Q=a",
                "/?x=1&q=a#q=b",
                "/?q=%61");
    }

    private static final List<Rule> MATCHES =
            List.of(
                    match("path: /a", "path: {exact: /a}", "/a", "/a?b", "/A", "/a/", "/ab"),
                    match("prefix: /a", "path: {prefix: /a}", "/a", "/ab", "/A", "/b", "/a?b"),
                    match(
                            "path: /Ab, case_sensitive: false",
                            "path: {exact: /Ab, caseSensitive: false}",
                            "/ab",
                            "/AB?c",
                            "/abc"),
                    match(
                            "prefix: /Ab, case_sensitive: false",
                            "path: {prefix: /Ab, caseSensitive: false}",
                            "/abC",
                            "/a"),
                    match(
                            "path_separated_prefix: /a/b",
                            "path: {pathSeparatedPrefix: /a/b}",
                            "/a/b",
                            "/a/b/",
                            "/a/b/c",
                            "/a/bc",
                            "/a/b?c",
                            "/a/B",
                            "/a"),
                    match(
                            "path_separated_prefix: /a/B, case_sensitive: false",
                            "path: {pathSeparatedPrefix: /a/B, caseSensitive: false}",
                            "/A/b/c",
                            "/A/bc"),
                    match(
                            "safe_regex: {regex: '/[a-c]+'}",
                            "path: {regex: '/[a-c]+'}",
                            "/abc",
                            "/abc?d",
                            "/abcd",
                            "/x/abc"),
                    template(
                            "/a/*/c",
                            "/a/b/c",
                            "/a//c",
                            "/a/b/b/c",
                            "/a/b%20/c",
                            "/a/b/c?d",
                            "/a/b=/c"),
                    template("/a/**", "/a", "/a/", "/a/b/c", "/a/b?c"),
                    template("/{x}/{y=b/*}/{z=**}", "/a/b/c/", "/a/b/c/d/e", "/a/c/c/d", "/a/b/c"),
                    template("/**.m3u8", "/a/b.m3u8", "/a/b.ts", "/.m3u8", "/am3u8"),
                    template("/a/{x}.html", "/a/b.html", "/a/.html", "/a/b/c.html"),
                    template("/a/", "/a", "/a/", "/a/b"),
                    match(
                            "prefix: /, headers: [{name: ':method', string_match: {safe_regex: {regex: 'PUT|DELETE'}}}]",
                            "path: {prefix: /}, methods: [PUT, DELETE]",
                            "GET /",
                            "PUT /",
                            "DELETE /"),
                    header("string_match: {exact: ab}", "exact: ab", "ab", "aB", "abc", "", "-"),
                    header("string_match: {exact: ''}", "exact: ''", "a", "", "-"),
                    header("string_match: {prefix: ab}", "prefix: ab", "abc", "a", "-"),
                    header("string_match: {suffix: ab}", "suffix: ab", "cab", "abc", "-"),
                    header("string_match: {contains: ab}", "contains: ab", "cabc", "acb", "-"),
                    header(
                            "string_match: {safe_regex: {regex: 'a+'}}",
                            "regex: 'a+'",
                            "aa",
                            "ab",
                            "-"),
                    header(
                            "string_match: {exact: ab, ignore_case: true}",
                            "exact: ab, ignoreCase: true",
                            "AB",
                            "aBc"),
                    header(
                            "string_match: {prefix: ab, ignore_case: true}",
                            "prefix: ab, ignoreCase: true",
                            "ABc",
                            "cAB"),
                    header(
                            "string_match: {suffix: ab, ignore_case: true}",
                            "suffix: ab, ignoreCase: true",
                            "cAB",
                            "ABc"),
                    header(
                            "string_match: {contains: aB, ignore_case: true}",
                            "contains: aB, ignoreCase: true",
                            "cAbc",
                            "acb"),
                    header(
                            "range_match: {start: -5, end: 10}",
                            "range: {start: -5, end: 10}",
                            "-5",
                            "-6",
                            "9",
                            "10",
                            "+3",
                            "03",
                            "3.0",
                            "x",
                            "99999999999999999999",
                            "",
                            "-"),
                    header("present_match: true", "present: true", "a", "", "-"),
                    header("present_match: false", "present: false", "a", "", "-"),
                    header(
                            "present_match: true, invert_match: true",
                            "present: true, invert: true",
                            "a",
                            "-"),
                    header(
                            "string_match: {exact: a}, invert_match: true",
                            "exact: a, invert: true",
                            "a",
                            "b",
                            "",
                            "-"),
                    header(
                            "string_match: {exact: a}, invert_match: true, treat_missing_header_as_empty: true",
                            "exact: a, invert: true, treatMissingHeaderAsEmpty: true",
                            "a",
                            "b",
                            "-"),
                    header(
                            "range_match: {start: 0, end: 9}, invert_match: true, treat_missing_header_as_empty: true",
                            "range: {start: 0, end: 9}, invert: true, treatMissingHeaderAsEmpty: true",
                            "1",
                            "9",
                            "-"),
                    header(
                            "string_match: {safe_regex: {regex: 'a*'}}, treat_missing_header_as_empty: true",
                            "regex: 'a*', treatMissingHeaderAsEmpty: true",
                            "b",
                            "-"),
                    match(
                            "prefix: /, headers: [{name: x, string_match: {exact: 'a'}}]",
                            "path: {prefix: /}, headers: [{name: x, exact: 'a'}]",
                            "/|x: a|x: b",
                            "/|x: b|x: a",
                            "/|x: b|x: c",
                            "/|x: a, b",
                            "/|x: a"),
                    match(
                            "prefix: /, headers: [{name: x, string_match: {exact: 'a'}, invert_match: true}]",
                            "path: {prefix: /}, headers: [{name: x, exact: 'a', invert: true}]",
                            "/|x: a|x: b",
                            "/|x: b|x: c"),
                    match(
                            "prefix: /, headers: [{name: ':path', string_match: {suffix: z}}]",
                            "path: {prefix: /}, headers: [{name: ':path', suffix: z}]",
                            "/?z",
                            "/z?a",
                            "/z"),
                    query("present_match: true", "present: true"),
                    query("present_match: false", "present: false"),
                    query("string_match: {exact: a}", "exact: a"),
                    query(
                            "string_match: {exact: a, ignore_case: true}",
                            "exact: a, ignoreCase: true"),
                    query("string_match: {prefix: a}", "prefix: a"),
                    query("string_match: {suffix: a}", "suffix: a"),
                    query("string_match: {contains: a}", "contains: a"),
                    query("string_match: {safe_regex: {regex: 'a|b'}}", "regex: 'a|b'"),
                    match(
                            "prefix: /, grpc: {}",
                            "path: {prefix: /}, grpc: true",
                            "POST /|content-type: application/grpc",
                            "POST /|content-type: application/grpc+proto",
                            "POST /|content-type: application/grpc-web",
                            "POST /|content-type: APPLICATION/GRPC",
                            "/|content-type: application/grpc",
                            "/"),
                    match(
                            "prefix: /, cookies: [{name: c, string_match: {exact: '1'}}]",
                            "path: {prefix: /}, cookies: [{name: c, exact: '1'}]",
                            "/",
                            "/|cookie: c=1",
                            "/|cookie: C=1",
                            "/|cookie: c=2",
                            "/|cookie: c=2; c=1",
                            "/|cookie: c=1; c=2",
                            "/|cookie: b=0;c=1",
                            "/|cookie: b=0;  c=1 ; d",
                            "/|cookie: c=\"1\"",
                            "/|cookie: c =1",
                            "/|cookie: c",
                            "/|cookie: b=0|cookie: c=1"),
                    match(
                            "prefix: /, cookies: [{name: c, string_match: {exact: '1'}, invert_match: true}]",
                            "path: {prefix: /}, cookies: [{name: c, exact: '1', invert: true}]",
                            "/",
                            "/|cookie: c=1",
                            "/|cookie: c=2",
                            "/|cookie: b=1"));

    @BeforeAll
    static void start() {
        Envoy.require();
        twins = new RouteTwins("match-twin", MATCHES, "[]", "");
    }

    static List<Arguments> requests() {
        return RouteTwins.requests(MATCHES);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("requests")
    void wick_meets_what_envoy_meets(String match, String request, String host) {
        twins.same(match, request, host);
    }
}
