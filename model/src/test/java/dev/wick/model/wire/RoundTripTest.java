package dev.wick.model.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.model.Document;
import dev.wick.model.check.Check;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTripTest {

    private final long seed = System.nanoTime();
    private final RandomDocuments documents = new RandomDocuments(seed);

    @Test
    void whatIsWrittenIsReadAsTheSame() {
        for (int round = 0; round < 2_000; round++) {
            Document document = documents.document();
            byte[] json = Json.write(document);
            String message = "seed " + seed + ", round " + round + ": " + text(json);

            assertEquals(document, Json.read(json), message);
            assertArrayEquals(json, Json.write(Json.read(json)), message);
        }
    }

    @Test
    void aBundleOfJsonIsReadAsPeopleWriteItAndHasNoProblems() {
        List<Document> written = new ArrayList<>();
        StringBuilder inARow = new StringBuilder();
        StringBuilder asYaml = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            Document document = documents.document();
            written.add(document);
            inARow.append(text(Json.write(document))).append('\n');
            asYaml.append("---\n# JSON is YAML\n").append(text(Json.write(document))).append('\n');
        }

        assertRead(written, inARow.toString());
        assertRead(written, "[" + inARow.toString().strip().replace("\n", ",") + "]");
        assertRead(written, escapedForYaml(asYaml.toString()));
    }

    /** JSON may hold these as they are; to YAML they are no characters, or breaks of a line. */
    private static String escapedForYaml(String json) {
        String escaped = json;
        for (char c : new char[] {0x7f, 0x85, 0x2028, 0xfeff}) {
            escaped = escaped.replace(String.valueOf(c), "\\u%04x".formatted((int) c));
        }
        return escaped;
    }

    private void assertRead(List<Document> written, String text) {
        Parsed parsed = Documents.parse("bundle", text);

        assertEquals(List.of(), parsed.problems(), "seed " + seed);
        for (int i = 0; i < written.size(); i++) {
            assertEquals(written.get(i), parsed.entries().get(i).document(), "seed " + seed);
        }
        assertEquals(written.size(), parsed.entries().size());
    }

    @Test
    void whatIsReadWithoutAProblemHasNoneWhenItIsCheckedAsARecord() {
        for (int round = 0; round < 1_000; round++) {
            assertEquals(List.of(), Check.document(documents.document()), "seed " + seed);
        }
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
