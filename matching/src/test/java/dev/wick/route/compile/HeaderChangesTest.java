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

import dev.wick.format.Fact;
import dev.wick.format.Facts;
import dev.wick.http.Headers;
import dev.wick.model.HeaderMutations;
import dev.wick.model.HeaderMutations.AppendAction;
import dev.wick.model.HeaderMutations.HeaderValue;
import dev.wick.model.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a route and its virtual host do to headers, and in which order. */
class HeaderChangesTest {

    private static final HeaderMutations NONE = HeaderMutations.NONE;

    private static final Facts NO_FACTS =
            new Facts() {
                @Override
                public @Nullable String requestHeader(String name) {
                    return switch (name) {
                        case "x-a" -> "A\n";
                        case "x-wide" -> "A\u010d\u010ab";
                        default -> null;
                    };
                }

                @Override
                public @Nullable String responseHeader(String name) {
                    return null;
                }

                @Override
                public @Nullable String responseTrailer(String name) {
                    return null;
                }

                @Override
                public long startMicros() {
                    return 0;
                }

                @Override
                public @Nullable String text(Fact fact) {
                    return null;
                }
            };

    private static Route changing(HeaderMutations request, HeaderMutations response) {
        return new Route(null, on(prefix("/")), to("a"), request, response);
    }

    private static Headers request(HeaderMutations route, HeaderMutations host, String... sent) {
        Headers headers = headers(sent);
        table(host(host, NONE, changing(route, NONE)))
                .match(get("/"))
                .changeRequest(headers, NO_FACTS);
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
        assertEquals("b=0 a=2", shown(request(set("A", "2"), NONE, "a", "1", "b", "0", "a", "1")));
        assertEquals("b=0", shown(request(remove("A"), NONE, "a", "1", "b", "0", "a", "1")));
    }

    @Test
    void oneLevelRemovesThenSetsThenAdds() {
        HeaderMutations all =
                new HeaderMutations(
                        List.of(HeaderValue.added("a", "added")),
                        List.of(HeaderValue.set("a", "set")),
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
                .changeResponse(headers, NO_FACTS);

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

    @Test
    void actionsSayWhatHappensWhereTheHeaderIsThereAndWhereNot() {
        HeaderMutations absent = one("a", "new", AppendAction.ADD_IF_ABSENT, false);
        HeaderMutations existing = one("a", "new", AppendAction.OVERWRITE_IF_EXISTS, false);

        assertEquals("a=1", shown(request(absent, NONE, "a", "1")));
        assertEquals("b=1 a=new", shown(request(absent, NONE, "b", "1")));
        assertEquals("a=new", shown(request(existing, NONE, "a", "1", "a", "2")));
        assertEquals("b=1", shown(request(existing, NONE, "b", "1")));
    }

    @Test
    void anEmptyValueIsKeptWhereItIsAskedFor() {
        HeaderMutations kept =
                one("a", "%REQ(absent)%", AppendAction.OVERWRITE_IF_EXISTS_OR_ADD, true);
        HeaderMutations dropped =
                one("a", "%REQ(absent)%", AppendAction.OVERWRITE_IF_EXISTS_OR_ADD, false);

        assertEquals("a=", shown(request(kept, NONE, "a", "1")));
        assertEquals("a=1", shown(request(dropped, NONE, "a", "1")));
    }

    @Test
    void valuesAreFilledInAndCannotBreakAField() {
        assertEquals("a=<A >", shown(request(add("a", "<%REQ(x-a)%>"), NONE)));
        assertEquals("a=<A  b>", shown(request(add("a", "<%REQ(x-wide)%>"), NONE)));
    }

    private static HeaderMutations one(
            String name, String value, AppendAction action, boolean keepEmptyValue) {
        HeaderValue header = new HeaderValue(name, value, action, keepEmptyValue);
        return new HeaderMutations(List.of(header), List.of(), List.of());
    }
}
