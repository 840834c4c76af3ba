package dev.wick.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.cli.arguments.UsageException;
import dev.wick.model.wire.Documents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {

    @TempDir Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void aProblemIsShownOnItsLineOfItsFile() throws IOException {
        String first = file("first.yaml", "kind: Cluster\nname: a\n");
        String second = file("second.yaml", "kind: Cluster\nname: b\n---\nkin: Cluster\n");
        Bundle bundle = Bundle.of(List.of(first, second));
        String problem = problems(bundle).getFirst();
        assertEquals(second + ":4 ", problem.replaceFirst("kind.*", ""));
    }

    @Test
    void whatIsNoYamlIsShownOnItsLineOfItsFile() throws IOException {
        String first = file("first.yaml", "kind: Cluster\nname: a\n");
        String second = file("second.yaml", "kind: Cluster\nname: c2\n foo: bar: baz\n");
        for (List<String> files : List.of(List.of(first, second), List.of(second))) {
            String problem = problems(Bundle.of(files)).getLast();
            assertTrue(problem.startsWith(second + ":3:"), problem);
        }
    }

    @Test
    void whatIsNoDocumentIsShownOnItsLineOfItsFile() throws IOException {
        String first = file("first.yaml", "kind: Cluster\nname: a\n");
        String second = file("second.yaml", "# words\na\n");
        String problem = problems(Bundle.of(List.of(first, second))).getFirst();
        assertTrue(problem.startsWith(second + ":2: "), problem);
    }

    @Test
    void theFirstOfTwoOfANameIsShownInItsFile() throws IOException {
        String cluster = "kind: Cluster\nname: a\nendpoints: [{address: 127.0.0.1, port: 1}]\n";
        String first = file("$1.yaml", "# words\n" + cluster);
        String second = file("second.yaml", cluster);
        String problem = problems(Bundle.of(List.of(first, second))).getFirst();
        assertTrue(problem.startsWith("Cluster/a name: "), problem);
        assertTrue(problem.endsWith("the first is at " + first + ":2)"), problem);
    }

    private static List<String> problems(Bundle bundle) {
        return Documents.parse("body", bundle.text()).problems().stream()
                .map(problem -> bundle.located(problem.toString()))
                .toList();
    }

    @Test
    void aProblemOfANamedDocumentIsLeftAsItIs() throws IOException {
        Bundle bundle = Bundle.of(List.of(file("a.yaml", "kind: Cluster\nname: a\n")));
        String problem = "Cluster/a endpoints[0].port: 0 (expected: 1-65535)";
        assertEquals(problem, bundle.located(problem));
    }

    @Test
    void filesWithoutALastLineBreakStayApart() throws IOException {
        String first = file("a.yaml", "kind: Cluster\nname: a");
        String second = file("b.yaml", "---\nkind: Cluster\nname: b");
        Bundle bundle = Bundle.of(List.of(first, second));
        assertEquals(2, Documents.parse("body", bundle.text()).entries().size());
    }

    @Test
    void jsonMayStandBesideYaml() throws IOException {
        String first = file("a.json", "{\"kind\":\"Cluster\",\"name\":\"a\"}");
        String second = file("b.yaml", "kind: Cluster\nname: b\n");
        for (List<String> files :
                List.of(List.of(first, second), List.of(second, first), List.of(first))) {
            Bundle bundle = Bundle.of(files);
            assertEquals(files.size(), Documents.parse("body", bundle.text()).entries().size());
        }
    }

    @Test
    void aFileInAnotherEncodingIsRefusedAndNotGuessedAt() throws IOException {
        Path file = folder.resolve("latin.yaml");
        Files.writeString(file, "# caf\u00e9\n", StandardCharsets.ISO_8859_1);

        UsageException e =
                assertThrows(UsageException.class, () -> Bundle.of(List.of(file.toString())));
        assertEquals(file + ": another encoding (expected: UTF-8)", e.getMessage());
    }

    @Test
    void aFileThatIsNotThereIsAWrongUsage() {
        String file = folder.resolve("none.yaml").toString();
        UsageException e = assertThrows(UsageException.class, () -> Bundle.of(List.of(file)));
        assertEquals(file + ": no such file", e.getMessage());
    }
}
