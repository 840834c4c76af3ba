package dev.wick.route.compile;

import static dev.wick.route.compile.Given.exact;
import static dev.wick.route.compile.Given.get;
import static dev.wick.route.compile.Given.on;
import static dev.wick.route.compile.Given.onHeader;
import static dev.wick.route.compile.Given.onMethods;
import static dev.wick.route.compile.Given.onQuery;
import static dev.wick.route.compile.Given.prefix;
import static dev.wick.route.compile.Given.regex;
import static dev.wick.route.compile.Given.route;
import static dev.wick.route.compile.Given.table;
import static dev.wick.route.compile.Given.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.http.RequestHead;
import dev.wick.model.RouteMatch;
import dev.wick.model.ValueMatch;
import dev.wick.route.RouteTable;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which requests a route takes. */
class MatchingTest {

    private static final ValueMatch PRESENT = new ValueMatch.Present(true);
    private static final ValueMatch ABSENT = new ValueMatch.Present(false);

    private static boolean takes(RouteMatch match, RequestHead head) {
        return table(route(match)).match(head) != null;
    }

    private static boolean takes(RouteMatch match, String path) {
        return takes(match, get(path));
    }

    private static ValueMatch is(String value) {
        return new ValueMatch.Exact(value);
    }

    @Test
    void theFirstRouteThatMatchesWinsNotTheLongestPrefix() {
        RouteTable table = table(route(on(prefix("/a"))), route(on(prefix("/a/b"))));

        assertEquals(0, table.match(get("/a/b")).index());
    }

    @Test
    void aPrefixAheadOfAnExactPathWins() {
        RouteTable table = table(route(on(prefix("/"))), route(on(exact("/a"))));

        assertEquals(0, table.match(get("/a")).index());
    }

    @Test
    void aRegexBetweenPrefixesKeepsItsPlace() {
        RouteTable table =
                table(route(on(prefix("/b"))), route(on(regex("/[ab]"))), route(on(prefix("/"))));

        assertEquals(1, table.match(get("/a")).index());
        assertEquals(0, table.match(get("/b")).index());
        assertEquals(2, table.match(get("/c")).index());
    }

    @Test
    void aRouteWhosePathFitsButWhoseHeaderDoesNotIsPassedOver() {
        RouteTable table = table(route(onHeader("x-a", PRESENT)), route(on(prefix("/"))));

        assertEquals(1, table.match(get("/")).index());
    }

    @Test
    void aTableWithoutRoutesMatchesNothing() {
        assertNull(table().match(get("/")));
    }

    @Test
    void aPrefixTakesWhatOnlyBeginsWithIt() {
        assertTrue(takes(on(prefix("/api")), "/apix"));
        assertFalse(takes(on(prefix("/api")), "/ap"));
    }

    @Test
    void aPrefixLooksAtThePathWithoutItsQuery() {
        assertFalse(takes(on(prefix("/a?x")), "/a?x"));
        assertTrue(takes(on(prefix("/a")), "/a?x"));
    }

    @Test
    void theEmptyPrefixTakesEveryPath() {
        assertTrue(takes(on(prefix("")), "*"));
    }

    @Test
    void anExactPathIgnoresTheQuery() {
        assertTrue(takes(on(exact("/a")), "/a?b=c"));
        assertTrue(takes(on(exact("/a")), "/a#b?c"));
        assertFalse(takes(on(exact("/a")), "/ab?b=c"));
        assertFalse(takes(on(exact("/a")), "/a/"));
    }

    @Test
    void pathsAreCaseSensitive() {
        assertFalse(takes(on(exact("/a")), "/A"));
        assertFalse(takes(on(prefix("/a")), "/A"));
    }

    @Test
    void aRegexMustMatchTheWholePathWithoutItsQuery() {
        assertTrue(takes(on(regex("/v[0-9]+")), "/v12?x=/y"));
        assertFalse(takes(on(regex("/v[0-9]+")), "/v12/x"));
        assertFalse(takes(on(regex("v[0-9]+")), "/v12"));
    }

    @Test
    void theLongerAlternativeOfARegexIsTriedToo() {
        assertTrue(takes(on(regex("/a|/ab")), "/ab"));
    }

    @Test
    void methodsAreAnyOfTheListAndCaseMatters() {
        assertTrue(takes(onMethods("PUT", "GET"), "/"));
        assertFalse(takes(onMethods("PUT", "get"), "/"));
    }

    @Test
    void headerNamesMatchInAnyCase() {
        assertTrue(takes(onHeader("X-A", is("1")), with(get("/"), "x-a", "1")));
    }

    @Test
    void ofSeveralValuesOfAHeaderOneMustPass() {
        RequestHead head = with(with(get("/"), "x-a", "1"), "x-a", "2");

        assertTrue(takes(onHeader("x-a", is("2")), head));
        assertFalse(takes(onHeader("x-a", is("2"), true), head));
        assertTrue(takes(onHeader("x-a", is("3"), true), head));
        assertFalse(takes(onHeader("x-a", is("1,2")), head));
    }

    @Test
    void headerValuesMatchByPrefixSuffixPartAndRegex() {
        RequestHead head = with(get("/"), "x-a", "abc");

        assertTrue(takes(onHeader("x-a", new ValueMatch.Prefix("ab")), head));
        assertFalse(takes(onHeader("x-a", new ValueMatch.Prefix("b")), head));
        assertTrue(takes(onHeader("x-a", new ValueMatch.Suffix("bc")), head));
        assertFalse(takes(onHeader("x-a", new ValueMatch.Suffix("xabc")), head));
        assertTrue(takes(onHeader("x-a", new ValueMatch.Contains("b")), head));
        assertFalse(takes(onHeader("x-a", new ValueMatch.Contains("d")), head));
        assertTrue(takes(onHeader("x-a", new ValueMatch.Regex("a.c")), head));
        assertFalse(takes(onHeader("x-a", new ValueMatch.Regex("b")), head));
    }

    @Test
    void aMissingHeaderFailsEvenWhenInverted() {
        assertFalse(takes(onHeader("x-a", is("1"), false), "/"));
        assertFalse(takes(onHeader("x-a", is("1"), true), "/"));
        assertFalse(takes(onHeader("x-a", new ValueMatch.Regex(".*"), true), "/"));
    }

    @Test
    void anInvertedConditionHoldsForAnotherValue() {
        RequestHead head = with(get("/"), "x-a", "2");

        assertTrue(takes(onHeader("x-a", is("1"), true), head));
        assertFalse(takes(onHeader("x-a", is("2"), true), head));
    }

    @Test
    void presenceAndAbsenceHoldForWhatTheySay() {
        RequestHead head = with(get("/"), "x-a", "");

        assertTrue(takes(onHeader("x-a", PRESENT), head));
        assertFalse(takes(onHeader("x-b", PRESENT), head));
        assertFalse(takes(onHeader("x-a", ABSENT), head));
        assertTrue(takes(onHeader("x-b", ABSENT), head));
    }

    @Test
    void invertedPresenceIsAbsence() {
        RequestHead head = with(get("/"), "x-a", "1");

        assertFalse(takes(onHeader("x-a", PRESENT, true), head));
        assertTrue(takes(onHeader("x-b", PRESENT, true), head));
        assertTrue(takes(onHeader("x-a", ABSENT, true), head));
        assertFalse(takes(onHeader("x-b", ABSENT, true), head));
    }

    @Test
    void hostAndPseudoHeadersCanBeAskedFor() {
        RequestHead head = get("/a?b");

        assertTrue(takes(onHeader("Host", is("example.com")), head));
        assertTrue(takes(onHeader(":authority", is("example.com")), head));
        assertTrue(takes(onHeader(":method", is("GET")), head));
        assertTrue(takes(onHeader(":scheme", is("http")), head));
        assertTrue(takes(onHeader(":path", is("/a?b")), head));
    }

    @Test
    void aDocumentsCharactersMatchTheirUtf8OctetsOnTheWire() {
        String octets =
                new String("é".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        RequestHead head = with(get("/" + octets), "x-a", octets);

        assertTrue(takes(onHeader("x-a", is("é")), head));
        assertTrue(takes(onHeader("x-a", new ValueMatch.Regex("..")), head));
        assertTrue(takes(on(exact("/é")), head));
        assertTrue(takes(on(regex("/[à-ü]+")), head));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                ". \u00e9 true",
                ". \u00c3\u00a9 false",
                ".. \u00c3\u00a9 true",
                "[^a] \u00e9 true",
                "[^a] \u00c3\u00a9 false",
                ".*evil.* a=\u00ff;evil=1 true",
                "\u00e9 \u00c3\u00a9 true",
                "\u00e9 \u00e9 false",
                "\u00e9+ \u00c3\u00a9\u00a9 true",
                "\u00e9+ \u00c3\u00a9\u00c3\u00a9 false",
                "\\xe9 \u00e9 true",
                "[\\x80-\\xff]+ \u00c3\u00a9\u00ff true",
                "\\pL \u00e9 true",
            })
    void aRegexIsOfOctetsAndMatchesOctets(String regex, String octets, boolean met) {
        RequestHead head = with(get("/?q=" + octets), "x-a", octets);
        ValueMatch match = new ValueMatch.Regex(regex);

        assertEquals(met, takes(onHeader("x-a", match), head));
        assertEquals(met, takes(onQuery("q", match), head));
        assertEquals(met, takes(on(regex("/" + regex)), get("/" + octets)));
    }

    @Test
    void aQueryConditionLooksAtTheFirstOfAName() {
        assertTrue(takes(onQuery("a", is("1")), "/?b=0&a=1&a=2"));
        assertFalse(takes(onQuery("a", is("2")), "/?b=0&a=1&a=2"));
    }

    @Test
    void aQueryValueIsNotDecoded() {
        assertTrue(takes(onQuery("a", is("%31")), "/?a=%31"));
        assertFalse(takes(onQuery("a", is("1")), "/?a=%31"));
    }

    @Test
    void aQueryParameterWithoutAnEqualsSignIsEmpty() {
        assertTrue(takes(onQuery("a", is("")), "/?a"));
        assertTrue(takes(onQuery("a", is("")), "/?a&b=1"));
        assertTrue(takes(onQuery("a", is("")), "/?a="));
        assertTrue(takes(onQuery("b", is("")), "/?a=1&b#c"));
    }

    @Test
    void aQueryValueMayContainEqualsSigns() {
        assertTrue(takes(onQuery("a", is("b=c")), "/?a=b=c"));
    }

    @Test
    void queryNamesMatchWholeAndCaseMatters() {
        assertFalse(takes(onQuery("a", PRESENT), "/?ab=1&ba=1&A=1"));
        assertFalse(takes(onQuery("a", PRESENT), "/a=1"));
        assertFalse(takes(onQuery("a", PRESENT), "/#?a=1"));
        assertTrue(takes(onQuery("a", PRESENT), "/?&&a"));
    }

    @Test
    void queryPresenceAndAbsenceHoldForWhatTheySay() {
        assertTrue(takes(onQuery("a", ABSENT), "/"));
        assertTrue(takes(onQuery("a", ABSENT), "/?b"));
        assertFalse(takes(onQuery("a", ABSENT), "/?a"));
    }

    @Test
    void queryValuesMatchByPrefixSuffixPartAndRegex() {
        assertTrue(takes(onQuery("q", new ValueMatch.Prefix("ab")), "/?q=abc&r=d"));
        assertFalse(takes(onQuery("q", new ValueMatch.Prefix("abc&")), "/?q=abc&r=d"));
        assertTrue(takes(onQuery("q", new ValueMatch.Suffix("bc")), "/?q=abc&r=d"));
        assertFalse(takes(onQuery("q", new ValueMatch.Suffix("=abc")), "/?q=abc&r=d"));
        assertTrue(takes(onQuery("q", new ValueMatch.Contains("b")), "/?q=abc&r=d"));
        assertFalse(takes(onQuery("q", new ValueMatch.Contains("d")), "/?q=abc&r=d"));
        assertTrue(takes(onQuery("q", new ValueMatch.Regex("a.c")), "/?q=abc&r=d"));
    }
}
