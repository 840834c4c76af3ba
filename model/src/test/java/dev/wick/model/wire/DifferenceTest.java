package dev.wick.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DifferenceTest {

    @Test
    void aChangedFieldHasItsValueBeforeAndAfter() {
        assertEquals(
                List.of(
                        new FieldChange("endpoints[0].port", "1", "2"),
                        new FieldChange("connectTimeout", "1s", null),
                        new FieldChange("lbPolicy", null, "LEAST_REQUEST")),
                sorted(
                        "{'kind':'Cluster','name':'c','endpoints':[{'address':'a','port':1}],'connectTimeout':'1s'}",
                        "{'kind':'Cluster','name':'c','endpoints':[{'address':'a','port':2}],'lbPolicy':'LEAST_REQUEST'}"));
    }

    private static List<FieldChange> sorted(String before, String after) {
        return difference(before, after).stream()
                .sorted((a, b) -> order(a.path()) - order(b.path()))
                .toList();
    }

    private static int order(String path) {
        return List.of("endpoints[0].port", "connectTimeout", "lbPolicy").indexOf(path);
    }

    @Test
    void aNewDocumentAndADeletedOneAreAllTheirFieldsButTheirKey() {
        String cluster = "{'kind':'Cluster','name':'c','endpoints':[{'address':'a','port':1}]}";

        assertEquals(
                List.of(
                        new FieldChange("endpoints[0].address", null, "a"),
                        new FieldChange("endpoints[0].port", null, "1")),
                difference(null, cluster));
        assertEquals(
                List.of(
                        new FieldChange("endpoints[0].address", "a", null),
                        new FieldChange("endpoints[0].port", "1", null)),
                difference(cluster, null));
    }

    @Test
    void anElementThatIsPutInFrontDoesNotChangeThoseBehindIt() {
        assertEquals(
                List.of(new FieldChange("domains[0]", null, "new")),
                difference(
                        "{'kind':'VirtualHost','name':'v','domains':['a','b']}",
                        "{'kind':'VirtualHost','name':'v','domains':['new','a','b']}"));
        assertEquals(
                List.of(new FieldChange("domains[1]", "b", null)),
                difference(
                        "{'kind':'VirtualHost','name':'v','domains':['a','b','c']}",
                        "{'kind':'VirtualHost','name':'v','domains':['a','c']}"));
    }

    @Test
    void anElementThatBecomesAnotherIsComparedFieldByField() {
        String before =
                "{'kind':'VirtualHost','name':'v','domains':['a'],'routes':[{'match':{'path':{'prefix':'/'}},'route':{'cluster':'x'}}]}";

        assertEquals(
                List.of(new FieldChange("routes[0].route.cluster", "x", "y")),
                difference(before, before.replace("'x'", "'y'")));
        assertEquals(
                List.of(
                        new FieldChange("routes[0].directResponse.status", null, "200"),
                        new FieldChange("routes[0].route.cluster", "x", null)),
                difference(
                        before,
                        before.replace(
                                "'route':{'cluster':'x'}", "'directResponse':{'status':200}")));
    }

    @Test
    void equalDocumentsHaveNone() {
        String cluster = "{'kind':'Cluster','name':'c'}";

        assertEquals(List.of(), difference(cluster, cluster));
    }

    @Test
    void aSecretIsOnlySaidToHaveChanged() {
        String before = "{'kind':'Secret','name':'s','value':'hush'}";

        assertEquals(
                List.of(new FieldChange("value", "(redacted)", "(changed)")),
                difference(before, before.replace("hush", "other")));
        assertEquals(
                List.of(new FieldChange("value", null, "(redacted)")), difference(null, before));
        assertEquals(
                List.of(new FieldChange("value", "(redacted)", null)), difference(before, null));
    }

    @Test
    void anEmptyObjectIsAValue() {
        assertEquals(
                List.of(new FieldChange("filterChains[0]", null, "{}")),
                difference(
                        "{'kind':'Listener','name':'l','filterChains':[]}",
                        "{'kind':'Listener','name':'l','filterChains':[{}]}"));
    }

    private static List<FieldChange> difference(@Nullable String before, @Nullable String after) {
        return Difference.of(bytes(before), bytes(after));
    }

    private static byte @Nullable [] bytes(@Nullable String json) {
        return json == null ? null : json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
