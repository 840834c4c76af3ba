package dev.wick.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wick.model.Cluster;
import dev.wick.model.Document;
import dev.wick.model.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static Map<String, Setting> told(Document document) {
        Map<String, Setting> told = new LinkedHashMap<>();
        for (Setting one : Settings.of(document)) {
            assertEquals(null, told.put(one.name(), one), "told twice");
        }
        return told;
    }

    @Test
    void whateverADocumentSaysIsToldAsItSaysIt() throws IOException {
        long seed = System.nanoTime();
        RandomDocuments documents = new RandomDocuments(seed);
        for (int round = 0; round < 1_000; round++) {
            Document document = documents.document();
            if (document instanceof Secret) {
                continue;
            }
            JsonNode json = JSON.readTree(Json.write(document));
            Map<String, Setting> told = told(document);
            String message = "seed " + seed + ", round " + round + ": " + json + " " + told;
            List<String> said = new ArrayList<>();
            leaves("", json, said);
            said.remove("kind");
            for (String leaf : said) {
                assertTrue(isSaid(leaf, told), leaf + " of " + message);
            }
            for (Setting one : told.values()) {
                JsonNode written = at(json, one.name());
                assertEquals(one.said(), !written.isMissingNode(), one + " of " + message);
                if (written.isTextual() && !written.textValue().isEmpty()) {
                    assertEquals(written.textValue(), one.value(), message);
                }
            }
        }
    }

    /** Values whose fields have names of the user's own are told whole. */
    private static boolean isSaid(String leaf, Map<String, Setting> told) {
        for (Setting one : told.values()) {
            boolean within =
                    leaf.equals(one.name())
                            || leaf.startsWith(one.name() + ".")
                            || leaf.startsWith(one.name() + "[");
            if (within && one.said()) {
                return true;
            }
        }
        return false;
    }

    private static void leaves(String path, JsonNode node, List<String> into) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(
                            field ->
                                    leaves(
                                            path.isEmpty()
                                                    ? field.getKey()
                                                    : path + "." + field.getKey(),
                                            field.getValue(),
                                            into));
        } else if (node.isArray() && node.path(0).isObject()) {
            for (int i = 0; i < node.size(); i++) {
                leaves(path + "[" + i + "]", node.get(i), into);
            }
        } else {
            into.add(path);
        }
    }

    private static JsonNode at(JsonNode node, String name) {
        JsonNode at = node;
        for (String part : name.replace("envoy.lb", "envoy/lb").split("[.\\[]")) {
            at =
                    part.endsWith("]")
                            ? at.path(Integer.parseInt(part.substring(0, part.length() - 1)))
                            : at.path(part.replace('/', '.'));
        }
        return at;
    }

    @Test
    void anEmptyObjectIsToldToBeThere() {
        String json =
                "{'kind':'Listener','name':'l','port':80,'proxyProtocol':{}}".replace('\'', '"');
        Map<String, Setting> told = told(Json.read(json.getBytes(StandardCharsets.UTF_8)));

        assertEquals(
                new Setting("proxyProtocol", "{}", true),
                told.get("proxyProtocol"),
                told::toString);
        assertFalse(told.get("proxyProtocol.allowRequestsWithoutProxyProtocol").said());
    }

    @Test
    void secretsAreNotTold() {
        Map<String, Setting> told = told(new Secret("s", "hidden"));

        assertEquals("(redacted)", told.get("value").value());
    }

    @Test
    void whatADocumentDoesNotSayIsToldAsWhatHoldsThen() {
        Map<String, Setting> told = told(new Cluster("c", List.of()));

        assertEquals(new Setting("connectTimeout", "5s", false), told.get("connectTimeout"));
        assertEquals(new Setting("outlierDetection", "none", false), told.get("outlierDetection"));
        assertEquals(new Setting("lbPolicy", "ROUND_ROBIN", false), told.get("lbPolicy"));
        assertEquals("50", told.get("commonLbConfig.healthyPanicThreshold").value());
        assertTrue(told.get("name").said());
        assertFalse(told.containsKey("kind"));
        assertEquals(
                "as dnsRefreshRate", told.get("dnsFailureRefreshRate").value(), told::toString);
    }
}
