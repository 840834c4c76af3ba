package dev.wick.route.compile;

import static dev.wick.route.compile.Given.add;
import static dev.wick.route.compile.Given.get;
import static dev.wick.route.compile.Given.host;
import static dev.wick.route.compile.Given.on;
import static dev.wick.route.compile.Given.prefix;
import static dev.wick.route.compile.Given.remove;
import static dev.wick.route.compile.Given.set;
import static dev.wick.route.compile.Given.table;
import static dev.wick.route.compile.Given.to;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.http.Headers;
import dev.wick.model.HeaderMutations;
import dev.wick.model.HeaderMutations.HeaderValue;
import dev.wick.model.Route;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a route and its virtual host do to headers, and in which order. */
class HeaderChangesTest {

    private static final HeaderMutations NONE = HeaderMutations.NONE;

    private static Route changing(HeaderMutations request, HeaderMutations response) {
        return new Route(null, on(prefix("/")), to("a"), request, response);
    }

    private static Headers request(HeaderMutations route, HeaderMutations host, String... sent) {
        Headers headers = headers(sent);
        table(host(host, NONE, changing(route, NONE))).match(get("/")).changeRequest(headers);
        return headers;
    }

    private static Headers headers(String... sent) {
        Headers headers = new Headers();
        for (int i = 0; i < sent.length; i += 2) {
            headers.add(sent[i], sent[i + 1]);
        }
        return headers;
    }

    private static String shown(Headers headers) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < headers.size(); i++) {
            all.append(headers.name(i)).append('=').append(headers.value(i)).append(' ');
        }
        return all.toString().strip();
    }

    @Test
    void addAppendsAndSetReplacesAndRemoveTakesAll() {
        assertEquals("a=1 a=2", shown(request(add("A", "2"), NONE, "a", "1")));
        assertEquals("a=2 b=0", shown(request(set("A", "2"), NONE, "a", "1", "b", "0", "a", "1")));
        assertEquals("b=0", shown(request(remove("A"), NONE, "a", "1", "b", "0", "a", "1")));
    }

    @Test
    void oneLevelRemovesThenSetsThenAdds() {
        HeaderMutations all =
                new HeaderMutations(
                        List.of(new HeaderValue("a", "added")),
                        List.of(new HeaderValue("a", "set")),
                        List.of("a"));

        assertEquals("b=0 a=set a=added", shown(request(all, NONE, "a", "1", "b", "0")));
    }

    @Test
    void theVirtualHostComesLastAndHasTheLastWord() {
        assertEquals("a=host", shown(request(set("a", "route"), set("a", "host"))));
        assertEquals("a=route a=host", shown(request(add("a", "route"), add("a", "host"))));
        assertEquals("", shown(request(add("a", "route"), remove("a"))));
    }

    @Test
    void responsesHaveChangesOfTheirOwn() {
        Headers headers = headers("a", "1");

        table(host(set("a", "no"), add("a", "3"), changing(set("a", "no"), set("a", "2"))))
                .match(get("/"))
                .changeResponse(headers);

        assertEquals("a=2 a=3", shown(headers));
    }

    @Test
    void twoPercentSignsStandForOne() {
        assertEquals("a=100% %a%", shown(request(add("a", "100%% %%a%%"), NONE)));
    }

    @Test
    void anEmptyValueIsNeitherSetNorAddedAsInEnvoy() {
        assertEquals("a=1", shown(request(set("a", ""), add("a", ""), "a", "1")));
    }

    @Test
    void charactersBecomeTheirUtf8Octets() {
        assertEquals("a=\u00c3\u00a9", shown(request(add("a", "é"), NONE)));
    }
}
