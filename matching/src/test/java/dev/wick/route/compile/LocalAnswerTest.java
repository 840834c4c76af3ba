package dev.wick.route.compile;

import static dev.wick.route.compile.Given.exact;
import static dev.wick.route.compile.Given.get;
import static dev.wick.route.compile.Given.on;
import static dev.wick.route.compile.Given.prefix;
import static dev.wick.route.compile.Given.route;
import static dev.wick.route.compile.Given.table;
import static dev.wick.route.compile.Given.with;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.wick.http.RequestHead;
import dev.wick.model.PathMatch;
import dev.wick.model.RouteAction;
import dev.wick.route.DirectResponse;
import dev.wick.route.Redirect;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Redirects and direct responses. */
class LocalAnswerTest {

    private static RequestHead at(String authority, String path) {
        RequestHead head = get(path);
        head.authority(authority);
        return head;
    }

    private static String location(PathMatch path, RouteAction.Redirect action, RequestHead head) {
        Redirect redirect = (Redirect) table(route(on(path), action)).match(head).decision();
        return redirect.location(head);
    }

    private static String location(RouteAction.Redirect action, RequestHead head) {
        return location(prefix("/"), action, head);
    }

    private static RouteAction.Redirect redirect(
            @Nullable String scheme, @Nullable String host, @Nullable Integer port) {
        return new RouteAction.Redirect(scheme, host, port, null, null, 301, false);
    }

    private static RouteAction.Redirect toPath(String path, boolean stripQuery) {
        return new RouteAction.Redirect(null, null, null, path, null, 302, stripQuery);
    }

    private static RouteAction.Redirect rewriting(String prefixRewrite, boolean stripQuery) {
        return new RouteAction.Redirect(null, null, null, null, prefixRewrite, 307, stripQuery);
    }

    @Test
    void whatIsNotReplacedIsTheRequests() {
        assertEquals(
                "http://a:8080/x?y", location(redirect(null, null, null), at("a:8080", "/x?y")));
        assertEquals("http://b/x?y", location(redirect(null, "b", null), at("a:8080", "/x?y")));
        assertEquals(
                "https://a:8080/x", location(redirect("https", null, null), at("a:8080", "/x")));
    }

    @Test
    void anotherPortReplacesTheRequests() {
        assertEquals("http://a:81/", location(redirect(null, null, 81), at("a:8080", "/")));
        assertEquals("http://a:81/", location(redirect(null, null, 81), at("a", "/")));
        assertEquals("https://b:443/", location(redirect("https", "b", 443), at("a", "/")));
    }

    @Test
    void theDefaultPortOfAReplacedSchemeGoes() {
        assertEquals("https://a/", location(redirect("https", null, null), at("a:80", "/")));
        assertEquals("https://a:443/", location(redirect("https", null, null), at("a:443", "/")));
        assertEquals("http://a:80/", location(redirect("http", null, null), at("a:80", "/")));
    }

    @Test
    void theSchemeThatAClientUsedDecidesWhichPortIsTheDefault() {
        RequestHead head = with(at("a:443", "/"), "x-forwarded-proto", "https");

        assertEquals("http://a/", location(redirect("http", null, null), head));
    }

    @Test
    void anAddressInBracketsKeepsItsColons() {
        assertEquals("http://[::1]:81/", location(redirect(null, null, 81), at("[::1]:80", "/")));
        assertEquals("http://[::1]:81/", location(redirect(null, null, 81), at("[::1]", "/")));
        assertEquals(
                "https://[::1]/", location(redirect("https", null, null), at("[::1]:80", "/")));
    }

    @Test
    void aNewPathKeepsTheQueryUnlessItIsStripped() {
        assertEquals("http://a/n?q", location(toPath("/n", false), at("a", "/x?q")));
        assertEquals("http://a/n", location(toPath("/n", true), at("a", "/x?q")));
        assertEquals("http://a/n", location(toPath("n", false), at("a", "/x")));
    }

    @Test
    void aNewPathsOwnQueryReplacesTheRequestsAndIsNeverStripped() {
        assertEquals("http://a/n?own", location(toPath("/n?own", false), at("a", "/x?q")));
        assertEquals("http://a/n?own", location(toPath("/n?own", true), at("a", "/x?q")));
    }

    @Test
    void aPrefixRewriteReplacesTheMatchedPart() {
        assertEquals(
                "http://a/n/y?q",
                location(prefix("/x"), rewriting("/n", false), at("a", "/x/y?q")));
        assertEquals(
                "http://a/n/y", location(prefix("/x"), rewriting("/n", true), at("a", "/x/y?q")));
        assertEquals(
                "http://a/n?q", location(exact("/x"), rewriting("/n", false), at("a", "/x?q")));
    }

    @Test
    void strippingTheQueryAloneKeepsThePath() {
        RouteAction.Redirect action =
                new RouteAction.Redirect("https", null, null, null, null, 308, true);

        assertEquals("https://a/x", location(action, at("a", "/x?q")));
    }

    @Test
    void aRedirectHasItsStatus() {
        RequestHead head = get("/");
        Redirect redirect =
                (Redirect)
                        table(route(on(prefix("/")), toPath("/n", false))).match(head).decision();

        assertEquals(302, redirect.status());
    }

    private static DirectResponse response(int status, String body) {
        RouteAction action = new RouteAction.DirectResponse(status, body);
        return (DirectResponse) table(route(on(prefix("/")), action)).match(get("/")).decision();
    }

    @Test
    void aDirectResponseHasItsStatusAndItsBodyInUtf8() {
        DirectResponse response = response(403, "nö");

        assertEquals(403, response.status());
        assertArrayEquals("nö".getBytes(StandardCharsets.UTF_8), response.body());
    }

    @Test
    void aDirectResponseThatCreatesOrRedirectsNamesTheRequestsOwnAddressAsEnvoyDoes() {
        assertEquals("http://a:80/x?q", response(201, "").location(at("a:80", "/x?q")));
        assertEquals("http://a/x", response(302, "").location(at("a", "/x")));
        assertNull(response(200, "").location(at("a", "/x")));
        assertNull(response(404, "").location(at("a", "/x")));
    }
}
