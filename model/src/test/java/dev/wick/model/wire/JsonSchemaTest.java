package dev.wick.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.wick.model.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class JsonSchemaTest {

    private static final com.networknt.schema.JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(JsonSchema.text());

    @Test
    void itIsASchemaItself() throws IOException {
        JsonNode schema = new ObjectMapper().readTree(JsonSchema.text());
        com.networknt.schema.JsonSchema meta =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(
                                com.networknt.schema.SchemaLocation.of(
                                        "https://json-schema.org/draft/2020-12/schema"));

        assertEquals(Set.of(), meta.validate(schema));
    }

    @Test
    void itAcceptsWhateverReadingAccepts() {
        long seed = System.nanoTime();
        RandomDocuments documents = new RandomDocuments(seed);
        for (int round = 0; round < 500; round++) {
            String json = new String(Json.write(documents.document()), StandardCharsets.UTF_8);

            assertEquals(Set.of(), validate(json), "seed " + seed + ": " + json);
        }
    }

    @Test
    void itAcceptsEveryExample() throws IOException {
        try (Stream<Path> examples = Files.list(Path.of("../examples"))) {
            for (Path example : examples.toList()) {
                for (Object document : new Yaml().loadAll(Files.readString(example))) {
                    String json = new ObjectMapper().writeValueAsString(document);

                    assertEquals(Set.of(), validate(json), example + ": " + json);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'kind':'Cluster'}",
                "{'kind':'Clster','name':'c'}",
                "{'name':'c'}",
                "{'kind':'Cluster','name':'a b'}",
                "{'kind':'Cluster','name':1}",
                "{'kind':'Cluster','name':'c','endpoint':[]}",
                "{'kind':'Cluster','name':'c','connectTimeout':5}",
                "{'kind':'Cluster','name':'c','connectTimeout':'5'}",
                "{'kind':'Cluster','name':'c','lbPolicy':'CLUSTER_PROVIDED'}",
                "{'kind':'Cluster','name':'c','endpoints':[{'address':'a','port':0}]}",
                "{'kind':'Cluster','name':'c','endpoints':[{'address':'a'}]}",
                "{'kind':'Listener','name':'l'}",
                "{'kind':'Listener','name':'l','port':80,'filterChains':[]}",
                "{'kind':'VirtualHost','name':'v','domains':[]}",
                "{'kind':'VirtualHost','name':'v','domains':['a'],'routes':[{}]}",
                "{'kind':'VirtualHost','name':'v','domains':['a'],'routes':[{'match':{'path':{}},'route':{'cluster':'c'}}]}",
                "{'kind':'VirtualHost','name':'v','domains':['a'],'routes':[{'match':{'path':{'prefix':'/','exact':'/'}},'route':{'cluster':'c'}}]}",
                "{'kind':'VirtualHost','name':'v','domains':['a'],'routes':[{'match':{'path':{'prefix':'/'}}}]}",
                "{'kind':'VirtualHost','name':'v','domains':['a'],'routes':[{'match':{'path':{'prefix':'/'}},'route':{'cluster':'c'},'redirect':{'host':'h'}}]}",
                "{'kind':'VirtualHost','name':'v','domains':['a'],'routes':[{'match':{'path':{'prefix':'/'}},'redirect':{'status':300}}]}",
                "{'kind':'VirtualHost','name':'v','domains':['a'],'routes':[{'match':{'path':{'prefix':'/'}},'redirect':{'path':'/a','prefixRewrite':'/b'}}]}",
                "{'kind':'Secret','name':'s'}",
                "{'kind':'Listener','name':'l','port':80,'filterChains':[{'name':'a b'}]}",
                "{'kind':'VirtualHost','name':'v','domains':['a'],'requestHeaders':{'remove':['a b']}}",
                "{'kind':'VirtualHost','name':'v','domains':['a'],'routes':[{'match':{'path':{'prefix':'a'}},'route':{'cluster':'c'}}]}",
                "{'kind':'VirtualHost','name':'v','domains':['a'],'routes':[{'match':{'path':{'prefix':'/'},'methods':['get']},'route':{'cluster':'c'}}]}",
                "{'kind':'VirtualHost','name':'v','domains':['a'],'routes':[{'match':{'path':{'prefix':'/'},'headers':[{'name':'a b','present':true}]},'route':{'cluster':'c'}}]}",
                "{'kind':'Cluster','name':'c','healthChecks':[{'timeout':'1s','interval':'1s','unhealthyThreshold':1,'healthyThreshold':1,'tcpHealthCheck':{'send':'0AF'}}]}",
                "{'kind':'Cluster','name':'c','healthChecks':[{'timeout':'1s','interval':'1s','unhealthyThreshold':1,'healthyThreshold':1,'tcpHealthCheck':{'receive':['xx']}}]}",
                "{'kind':'Cluster','name':'c','healthChecks':[{'timeout':'1s','interval':'1s','unhealthyThreshold':1,'healthyThreshold':1,'httpHealthCheck':{'path':'/','method':'get'}}]}",
            })
    void whatItRefusesReadingRefusesToo(String quoted) {
        String json = quoted.replace('\'', '"');

        assertFalse(validate(json).isEmpty(), json);
        assertFalse(Documents.parse("text", json).problems().isEmpty(), json);
    }

    @Test
    void everyKindAndEveryFieldIsDescribed() throws IOException {
        JsonNode definitions = new ObjectMapper().readTree(JsonSchema.text()).get("$defs");
        Set<String> silent = new TreeSet<>();
        definitions
                .properties()
                .forEach(
                        shape -> {
                            assertTrue(shape.getValue().hasNonNull("description"));
                            assertFalse(
                                    shape.getValue().get("additionalProperties").asBoolean(true));
                            shape.getValue()
                                    .get("properties")
                                    .properties()
                                    .forEach(
                                            field -> {
                                                if (!field.getValue().hasNonNull("description")) {
                                                    silent.add(
                                                            shape.getKey() + "." + field.getKey());
                                                }
                                            });
                        });
        assertEquals(Set.of(), silent);
        for (Kind kind : Kind.values()) {
            assertTrue(definitions.has(kind.spelling()));
        }
    }

    @Test
    void defaultsStandAsDocumentsSpellThem() throws IOException {
        JsonNode definitions = new ObjectMapper().readTree(JsonSchema.text()).get("$defs");

        assertEquals(
                "\"5s\"", definitions.at("/Cluster/properties/connectTimeout/default").toString());
        assertEquals(
                "\"15s\"", definitions.at("/RouteToCluster/properties/timeout/default").toString());
        assertEquals("301", definitions.at("/Redirect/properties/status/default").toString());
        assertEquals("false", definitions.at("/HeaderMatch/properties/invert/default").toString());
    }

    private static Set<ValidationMessage> validate(String json) {
        return SCHEMA.validate(json, InputFormat.JSON);
    }
}
