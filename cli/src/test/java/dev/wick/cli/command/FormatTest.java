package dev.wick.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.cli.store.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormatTest {

    private static final String BOTH =
            """
            [{"kind":"Cluster","name":"a","endpoints":[{"address":"127.0.0.1","port":1}]},
             {"kind":"Runtime","name":"b","values":{"x":"c\\nd","z":[]}}]""";

    private static List<String> texts(Format format) throws IOException {
        List<Json> documents = Json.read(BOTH.getBytes(StandardCharsets.UTF_8)).items();
        return documents.stream().map(format::text).toList();
    }

    @Test
    void severalAsJsonAreOneList() throws IOException {
        String whole = Format.JSON.join(texts(Format.JSON));
        assertEquals(Json.read(BOTH.getBytes(StandardCharsets.UTF_8)).indented(), whole);
        assertEquals("[]", Format.JSON.join(List.of()));
    }

    @Test
    void oneAsJsonIsItself() throws IOException {
        String first = texts(Format.JSON).getFirst();
        assertEquals(first, Format.JSON.join(List.of(first)));
    }

    @Test
    void severalAsYamlArePartedByLines() throws IOException {
        assertEquals(
                """
                kind: Cluster
                name: a
                endpoints: [{address: 127.0.0.1, port: 1}]
                ---
                kind: Runtime
                name: b
                values:
                  x: |-
                    c
                    d
                  z: []""",
                Format.YAML.join(texts(Format.YAML)));
    }

    @Test
    void namesAreAWordEach() throws IOException {
        assertEquals("Cluster/a\nRuntime/b", Format.NAME.join(texts(Format.NAME)));
        assertEquals("", Format.NAME.join(List.of()));
    }
}
