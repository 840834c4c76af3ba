package dev.wick.cli.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.model.Document;
import dev.wick.model.wire.Documents;
import dev.wick.model.wire.Parsed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {

    private static Json json(String text) throws IOException {
        return Json.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aFirstRouteReadsAsItIsWritten() throws IOException {
        String json =
                """
                {"kind":"VirtualHost","name":"hello","domains":["hello.localhost"],\
                "routes":[{"match":{"path":{"prefix":"/"}},"route":{"cluster":"hello"}}]}""";
        assertEquals(
                """
                kind: VirtualHost
                name: hello
                domains: [hello.localhost]
                routes:
                  - match: {path: {prefix: /}}
                    route: {cluster: hello}
                """,
                Yaml.write(json(json)));
    }

    @Test
    void aBodyOfManyLinesKeepsThem() throws IOException {
        assertEquals(
                """
                body: |
                  one
                  two
                """,
                Yaml.write(json("{\"body\":\"one\\ntwo\\n\"}")));
    }

    /** The model's reader is the judge: what it read before and after must be the same document. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "~",
                "null",
                "yes",
                "No",
                "OFF",
                "y",
                "False",
                "falsely",
                "true",
                "1",
                "1.5",
                "1e3",
                "0x1F",
                "0o7",
                "012",
                "+5",
                "-",
                "- a",
                "a: b",
                "a #b",
                "#a",
                "@a",
                "`a",
                "%a",
                "&a",
                "*a",
                "!a",
                "|",
                ">",
                "[a",
                "{a",
                "a, b]",
                "'a",
                "\\\"a\\\"",
                "\\\\",
                "a\\nb",
                "\\n",
                "a\\n",
                " a\\n b",
                "a\\n\\n",
                "\\t",
                "a\\tb",
                "a\\r\\nb",
                "2026-11-20",
                "12:30",
                "=",
                "<<",
                "...",
                "---",
                "\\u00e9\\u4e2d",
                "\\ud83d\\ude00",
                "\\u2028",
                "\\u0085",
                "\\ufeffa",
                "a ",
                "a\\n ",
                "\\u007f"
            })
    void anyTextIsReadAsItWas(String body) throws IOException {
        String source =
                """
                {"kind":"VirtualHost","name":"a","domains":["a"],"routes":[\
                {"match":{"path":{"prefix":"/"}},"directResponse":{"status":200,"body":"%s"}}]}"""
                        .formatted(body);
        assertEquals(read(source), read(Yaml.write(json(source))));
    }

    /** The model takes some of them for texts, where readers of YAML 1.1 do not. */
    @ParameterizedTest
    @ValueSource(strings = {"0x1F", "-0x1F", "+0b1", "-0o7", "-5", "+1:30", "-.inf", "y", "~"})
    void whatSomeReaderTakesForSomethingElseIsQuoted(String text) {
        Json value = new Json(Map.of("a", new Json(text)));
        assertEquals("a: \"" + text + "\"\n", Yaml.write(value));
    }

    private static Document read(String text) {
        Parsed parsed = Documents.parse("test", text);
        assertEquals(List.of(), parsed.problems(), text);
        return parsed.entries().getFirst().document();
    }
}
