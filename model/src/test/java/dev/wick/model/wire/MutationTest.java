package dev.wick.model.wire;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.model.check.Check;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever stands in a text, reading it ends with documents and problems and in no other way. */
class MutationTest {

    private static final String PIECES =
            "{}[]\":,-#&*!|>'%@`?~ \t\n\r\u0000\u0085\ufeff01eE+.xyaüé\ud83d\ude00";

    private static final List<String> WORDS =
            List.of(
                    "---\n",
                    "...\n",
                    "%YAML 1.2\n",
                    "<<: ",
                    "&a ",
                    "*a",
                    "!!str ",
                    "? ",
                    "null",
                    "true",
                    "-1",
                    "1e999",
                    "99999999999999999999",
                    "\\ud800",
                    "\\u0000",
                    "'",
                    "\"\"",
                    "{}",
                    "[]",
                    "|\n  x\n",
                    "kind: Cluster\n",
                    "name: x\n",
                    "{\"kind\":\"Secret\",",
                    "\ud800");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void brokenTextsOnlyHaveProblems() {
        RandomDocuments documents = new RandomDocuments(seed);
        StringBuilder yaml = new StringBuilder(YAML);
        for (int i = 0; i < 3; i++) {
            yaml.append("---\n").append(json(documents)).append('\n');
        }
        for (int round = 0; round < 6_000; round++) {
            String text = mutated(round % 2 == 0 ? yaml.toString() : json(documents));
            String message = "seed " + seed + ", round " + round + ": " + text;
            Parsed parsed = assertReads(text, message);
            for (Parsed.Entry entry : parsed.entries()) {
                assertTrue(Check.document(entry.document()).isEmpty(), message);
            }
        }
    }

    private static Parsed assertReads(String text, String message) {
        try {
            return Documents.parse("text", text);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(message, e);
        }
    }

    @Test
    void theInstancesReaderThrowsNothingButItsOwn() {
        RandomDocuments documents = new RandomDocuments(seed);
        for (int round = 0; round < 6_000; round++) {
            String text = mutated(json(documents));
            try {
                Json.read(text.getBytes(StandardCharsets.UTF_8));
            } catch (WireException e) {
                assertFalse(e.problem().expected().isEmpty(), text);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ": " + text, e);
            }
        }
    }

    private static String json(RandomDocuments documents) {
        return new String(Json.write(documents.document()), StandardCharsets.UTF_8);
    }

    private String mutated(String text) {
        StringBuilder mutated = new StringBuilder(text);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(mutated.length() + 1);
            int end = Math.min(mutated.length(), at + random.nextInt(5));
            switch (random.nextInt(5)) {
                case 0 -> mutated.delete(at, end);
                case 1 -> mutated.insert(at, piece());
                case 2 -> mutated.replace(at, end, piece());
                case 3 -> mutated.insert(at, WORDS.get(random.nextInt(WORDS.size())));
                default ->
                        mutated.insert(
                                at, mutated.substring(at, Math.min(mutated.length(), at + 40)));
            }
        }
        return mutated.toString();
    }

    private String piece() {
        return String.valueOf(PIECES.charAt(random.nextInt(PIECES.length())));
    }

    private static final String YAML =
            """
            kind: VirtualHost
            name: hello
            domains: [hello.localhost, "*.example.com"]
            routes:
              # the first
              - match: {path: {prefix: /}, methods: [GET], headers: [{name: x-a, exact: "1"}]}
                route: {cluster: hello, timeout: 5s}
              - name: second
                match:
                  path:
                    regex: |-
                      /a{2,3}
                redirect: {scheme: https, status: 308}
            ---
            kind: Cluster
            name: hello
            endpoints: [{address: 127.0.0.1, port: 9000}]
            """;
}
