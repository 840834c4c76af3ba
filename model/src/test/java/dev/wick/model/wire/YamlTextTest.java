package dev.wick.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.wick.model.Problem;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

class YamlTextTest {

    private static final String[] PIECES = {
        "a",
        "word",
        " ",
        "\n",
        "\r",
        "\r\n",
        "\u0085",
        "\u2028",
        "\uFEFF",
        "\uD83D\uDE00",
        "#",
        "\t",
        "é"
    };

    private static String text(Random random, int pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    @Test
    void itReadsAsSnakeYamlsOwnReaderDoes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            String text = text(random, random.nextInt(6_000));
            StreamReader expected = new StreamReader(text);
            YamlText found = new YamlText(text);
            for (int step = 0; step < 100; step++) {
                // One by one, as the scanner does: SnakeYAML's reader reads a kilobyte for each
                // look.
                int ahead = random.nextInt(random.nextInt(50) == 0 ? 3_000 : 20);
                for (int i = 0; i <= ahead; i++) {
                    assertEquals(expected.peek(i), found.peek(i), "seed " + seed);
                }
                assertEquals(expected.prefix(ahead), found.prefix(ahead), "seed " + seed);
                if (expected.peek(ahead) != 0 && random.nextInt(4) == 0) {
                    assertEquals(expected.prefixForward(ahead), found.prefixForward(ahead));
                } else {
                    expected.forward(ahead);
                    found.forward(ahead);
                }
                assertEquals(expected.peek(), found.peek(), "seed " + seed);
                assertEquals(place(expected), place(found), "seed " + seed);
            }
        }
    }

    private static List<Object> place(StreamReader reader) {
        return List.of(
                reader.getIndex(),
                reader.getDocumentIndex(),
                reader.getLine(),
                reader.getColumn(),
                reader.getMark().getLine(),
                reader.getMark().getColumn());
    }

    @Test
    void whatCanNotBePrintedIsRefusedWhereItStands() {
        YamlText text = new YamlText("ab\u0001c");

        ReaderException refused = assertThrows(ReaderException.class, text::peek);
        assertEquals(1, refused.getCodePoint());
        assertEquals(2, refused.getPosition());
    }

    @Test
    void whatIsLookedAtIsNeverLargerThanTheText() {
        int length = 1 << 20;
        YamlText text = new YamlText("x".repeat(length));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        text.peek();

        long before = threads.getCurrentThreadAllocatedBytes();
        text.peek(length - 1);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertTrue(allocated < 6L * length, () -> allocated + " bytes, 4 for each is the window");
        assertEquals('\0', text.peek(length));
    }

    /** Or the scanner would hold all of it, several times over, before it could be refused. */
    @ParameterizedTest
    @ValueSource(strings = {"x", "x ", "x\n  "})
    void aValueIsRefusedBeforeItWasReadToItsEnd(String piece) {
        for (String begin : List.of("a: 1\nkind: \"", "a: 1\nkind: |\n  ", "a: 1\nkind: ")) {
            String text = begin + piece.repeat((4 << 20) / piece.length());

            List<Problem> problems = Documents.parse("long.yaml", text).problems();

            assertEquals(1, problems.size());
            assertEquals("more than 1 MiB behind this", problems.getFirst().value());
        }
    }

    /** By its square, each of these would take hours. */
    @ParameterizedTest
    @ValueSource(strings = {"# ", "kind: ", "kind: \"", "kind: |\n  ", "kind: !", "kind: &"})
    void aLongStretchCostsItsLength(String begin) {
        String text = begin + "x".repeat(32 << 20);

        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> Documents.parse("long.yaml", text));
    }
}
