package dev.wick.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.cli.store.Json;
import dev.wick.model.Document;
import dev.wick.model.wire.Documents;
import dev.wick.model.wire.Parsed;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
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

    private static String printed(Format format, List<String> texts) {
        StringWriter whole = new StringWriter();
        format.print(texts, new PrintWriter(whole));
        return whole.toString();
    }

    @Test
    void severalAsJsonAreOneList() throws IOException {
        String whole = printed(Format.JSON, texts(Format.JSON));
        assertEquals(Json.read(BOTH.getBytes(StandardCharsets.UTF_8)).indented() + "\n", whole);
    }

    @Test
    void noneAreNothingButAnEmptyListAsJson() {
        assertEquals("", printed(Format.NAME, List.of()));
        assertEquals("", printed(Format.YAML, List.of()));
        assertEquals(new Json(List.of()).indented() + "\n", printed(Format.JSON, List.of()));
    }

    @Test
    void oneAsJsonIsItself() throws IOException {
        String first = texts(Format.JSON).getFirst();
        assertEquals(first + "\n", printed(Format.JSON, List.of(first)));
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
                  z: []
                """,
                printed(Format.YAML, texts(Format.YAML)));
    }

    @Test
    void namesAreAWordEach() throws IOException {
        assertEquals("Cluster/a\nRuntime/b\n", printed(Format.NAME, texts(Format.NAME)));
    }

    @Test
    void whatADocumentEndsWithIsKept() {
        List<String> odd =
                List.of(
                        "a",
                        "",
                        " ",
                        "a ",
                        "a\n",
                        "a\n\n",
                        "a\n \n",
                        "\n",
                        "\n\n\n",
                        " \n",
                        "a\t",
                        "a\n\t\n\n",
                        "a\n---\n",
                        "...\n\n",
                        "a\r\n",
                        "a\n\n# b\n\n",
                        "|+\n\n");
        List<Json> documents =
                IntStream.range(0, odd.size()).mapToObj(i -> saying("v" + i, odd.get(i))).toList();
        List<String> texts = documents.stream().map(Format.YAML::text).toList();

        assertEquals(read(new Json(documents).compact()), read(printed(Format.YAML, texts)));
        for (int i = 0; i < texts.size(); i++) {
            assertEquals(
                    read(documents.get(i).compact()),
                    read(printed(Format.YAML, List.of(texts.get(i)))));
        }
    }

    /** Its last value is the text. */
    private static Json saying(String name, String text) {
        String json =
                """
                {"kind":"VirtualHost","name":"%s","domains":["%s"],"routes":[\
                {"match":{"path":{"prefix":"/"}},"directResponse":{"status":200,"body":%s}}]}"""
                        .formatted(name, name, new Json(text).compact());
        try {
            return Json.read(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Document> read(String text) {
        Parsed parsed = Documents.parse("test", text);
        assertEquals(List.of(), parsed.problems(), text);
        return parsed.entries().stream().map(Parsed.Entry::document).toList();
    }
}
