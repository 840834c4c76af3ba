package dev.wick.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.model.Cluster;
import dev.wick.model.Document;
import dev.wick.model.Endpoint;
import dev.wick.model.HeaderMutations;
import dev.wick.model.HostPolicies;
import dev.wick.model.HttpOptions;
import dev.wick.model.Kind;
import dev.wick.model.Listener;
import dev.wick.model.PathMatch;
import dev.wick.model.Problem;
import dev.wick.model.Route;
import dev.wick.model.RouteAction.Forward;
import dev.wick.model.RouteAction.WeightedCluster;
import dev.wick.model.RouteMatch;
import dev.wick.model.VirtualHost;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentsTest {

    @Test
    void theFirstRouteOfTheReadmeIsAHostAndItsCluster() {
        Parsed parsed =
                Documents.parse(
                        "hello.yaml",
                        """
                        kind: VirtualHost
                        name: hello
                        domains: [hello.localhost]
                        routes:
                          - match: {path: {prefix: /}}
                            route: {cluster: hello}
                        ---
                        kind: Cluster
                        name: hello
                        endpoints: [{address: 127.0.0.1, port: 9000}]
                        """);

        RouteMatch match =
                new RouteMatch(new PathMatch.Prefix("/"), List.of(), List.of(), List.of());
        Forward forward = new Forward(List.of(new WeightedCluster("hello", 1)));
        Route route = new Route(null, match, forward, HeaderMutations.NONE, HeaderMutations.NONE);
        assertEquals(List.of(), parsed.problems());
        assertEquals(
                List.of(
                        new Parsed.Entry(
                                "hello.yaml:1",
                                new VirtualHost(
                                        "hello",
                                        List.of(),
                                        List.of("hello.localhost"),
                                        List.of(route),
                                        HeaderMutations.NONE,
                                        HeaderMutations.NONE,
                                        HostPolicies.DEFAULT)),
                        new Parsed.Entry(
                                "hello.yaml:8",
                                new Cluster("hello", List.of(new Endpoint("127.0.0.1", 9000))))),
                parsed.entries());
    }

    @Test
    void whatALineSaysOfAListenerIsOnlyItsPort() {
        Document listener = one("{kind: Listener, name: http, port: 80}");

        assertEquals(
                new Listener(
                        "http",
                        "0.0.0.0",
                        80,
                        Listener.Protocol.HTTP,
                        List.of(dev.wick.model.FilterChain.UNNAMED),
                        HttpOptions.DEFAULT),
                listener);
        assertEquals(
                "{\"kind\":\"Listener\",\"name\":\"http\",\"port\":80}",
                new String(Json.write(listener), StandardCharsets.UTF_8));
    }

    @Test
    void whatAChainSaysIsKeptWhereItIsWhatHoldsByDefault() {
        String chain =
                "{\"kind\":\"Listener\",\"name\":\"l\",\"port\":80,\"filterChains\":[{\"http\":{}}],\"http\":{\"serverName\":\"other\"}}";
        Document listener =
                one(
                        "{kind: Listener, name: l, port: 80, http: {serverName: other}, filterChains: [{http: {serverName: wick}}]}");

        assertEquals(chain, new String(Json.write(listener), StandardCharsets.UTF_8));
        assertEquals(listener, one(chain));
    }

    @Test
    void aDefaultThatNoDocumentMaySayIsNotWritten() {
        Document cluster =
                one("{kind: Cluster, name: c, dnsFailureRefreshRate: {baseInterval: 1000h}}");
        String json = new String(Json.write(cluster), StandardCharsets.UTF_8);

        assertEquals(
                "{\"kind\":\"Cluster\",\"name\":\"c\",\"dnsFailureRefreshRate\":{\"baseInterval\":\"1000h\"}}",
                json);
        assertEquals(cluster, one(json));
    }

    @Test
    void theOrderOfFieldsDoesNotMatter() {
        assertEquals(
                one("{kind: Cluster, name: c, connectTimeout: 1s}"),
                one("{connectTimeout: 1s, name: c, kind: Cluster}"));
    }

    @Test
    void aFieldWithoutAValueIsAsIfItWereNotThere() {
        assertEquals(
                one("{kind: Cluster, name: c}"),
                one("kind: Cluster\nname: c\nendpoints:\n  # - address: a\nlbPolicy: ~\n"));
    }

    @Test
    void yamlsNewerReadingOfWordsHolds() {
        VirtualHost host =
                (VirtualHost) one("{kind: VirtualHost, name: no, domains: [on, y, off.example]}");

        assertEquals("no", host.name());
        assertEquals(List.of("on", "y", "off.example"), host.domains());
    }

    @Test
    void blocksOfTextAndMarkersAndDirectivesAreRead() {
        Parsed parsed =
                Documents.parse(
                        "x",
                        """
                        %YAML 1.2
                        # a comment
                        ---
                        kind: Secret
                        name: s
                        value: |
                          -----BEGIN KEY-----
                          ---- x
                        ...
                        --- # the next
                        {"kind": "Secret", "name": "t", "value": "a"}
                        ---

                        """);

        assertEquals(List.of(), parsed.problems());
        assertEquals(2, parsed.entries().size());
        assertEquals("x:4", parsed.entries().getFirst().place());
    }

    @Test
    void aTextWithoutDocumentsHasNeitherDocumentsNorProblems() {
        for (String text : List.of("", "\n", "---\n---\n", "# nothing\n", "[]", "null")) {
            assertEquals(
                    new Parsed(List.of(), List.of(), List.of()), Documents.parse("x", text), text);
        }
    }

    @Test
    void aDocumentOfKnownKindAndNameMayLeaveThemOutAndMustNotSayOthers() {
        Parsed without = Documents.parse("body", "connectTimeout: 1s", Kind.CLUSTER, "c");

        assertEquals(List.of(), without.problems());
        assertEquals("c", without.entries().getFirst().document().name());
        assertEquals(
                List.of("Cluster/d name: \"d\" (expected: c)"),
                said(Documents.parse("body", "name: d", Kind.CLUSTER, "c")));
        assertEquals(
                List.of("body:1 kind: \"Secret\" (expected: Cluster)"),
                said(Documents.parse("body", "kind: Secret", Kind.CLUSTER, "c")));
    }

    @Test
    void aKindIsLookedForWithinBoundsForAllThatStandsBeforeItIsKept() {
        String many = "0,".repeat(Reader.TOKENS_AHEAD) + "0";
        String large = ("'" + "x".repeat(100_000) + "',").repeat(11) + "0";
        for (String list : List.of(many, large)) {
            String yaml =
                    "{name: c, x: [" + list + "], kind: Cluster}\n---\nkind: Cluster\nname: d";
            String json =
                    "[{\"name\":\"c\",\"x\":["
                            + list.replace('\'', '"')
                            + "],\"kind\":\"Cluster\"},{\"kind\":\"Cluster\",\"name\":\"d\"}]";
            for (String text : List.of(yaml, json)) {
                Parsed parsed = Documents.parse("x", text);

                assertEquals(
                        List.of(
                                "x:1 kind: behind too much else (expected: Listener, VirtualHost,"
                                        + " Cluster, Endpoints, Secret or Runtime, first of all"
                                        + " fields)"),
                        said(parsed));
                assertEquals("d", parsed.entries().getFirst().document().name());
            }
        }
    }

    @Test
    void aLargeDocumentOfKnownKindNeedNotSayIt() {
        StringBuilder endpoints = new StringBuilder();
        for (int port = 1; endpoints.length() < 10 * Reader.TOKENS_AHEAD; port++) {
            endpoints.append(port == 1 ? "" : ",");
            endpoints.append("{\"address\":\"10.0.0.1\",\"port\":").append(port).append('}');
        }
        String text = "{\"endpoints\":[" + endpoints + "]}";

        assertEquals(List.of(), said(Documents.parse("body", text, Kind.ENDPOINTS, "e")));
    }

    @Test
    void halfOfACharacterIsRefusedInMetadataToo() {
        String cluster =
                "{\"kind\":\"Cluster\",\"name\":\"c\",\"endpoints\":[{\"address\":\"10.0.0.1\",\"port\":1,"
                        + "\"metadata\":{\"envoy.lb\":{%s}}}]}";
        for (String pair :
                List.of("\"a\":\"\\ud800\"", "\"a\":[\"\\udc00x\"]", "\"\\ud800\":\"a\"")) {
            assertEquals(1, Documents.parse("x", cluster.formatted(pair)).problems().size(), pair);
        }
        String whole = cluster.formatted("\"a\":\"\\ud83d\\ude00\"");
        assertEquals(List.of(), said(Documents.parse("x", whole)));
    }

    @Test
    void whatCouldBeReadOfADocumentWithProblemsIsKeptWhereItsPlacesAreThoseOfTheText() {
        Parsed kept =
                Documents.parse("x", "{kind: VirtualHost, name: v, domains: [a], color: red}");
        Parsed lost = Documents.parse("x", "{kind: VirtualHost, name: v, domains: [1, a]}");

        assertNotNull(kept.unsound().getFirst().document());
        assertNull(lost.unsound().getFirst().document());
    }

    @Test
    void aTextOfManyProblemsTellsTheFirstThousand() {
        Parsed parsed = Documents.parse("x", "---\nkind: Cluster\n".repeat(5_000));

        assertEquals(1_000, parsed.problems().size());
    }

    @Test
    void tenThousandDocumentsAreReadInOneText() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            text.append("---\nkind: VirtualHost\nname: v").append(i);
            text.append("\ndomains: [v").append(i).append(".example.com]\n");
        }

        Parsed parsed = Documents.parse("x", text.toString());

        assertEquals(10_000, parsed.entries().size());
        assertTrue(parsed.problems().isEmpty());
    }

    private static Document one(String text) {
        Parsed parsed = Documents.parse("x", text);
        assertEquals(List.of(), parsed.problems());
        return parsed.entries().getFirst().document();
    }

    private static List<String> said(Parsed parsed) {
        return parsed.problems().stream().map(Problem::toString).toList();
    }
}
