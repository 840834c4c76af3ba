package dev.wick.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Texts as {@code refusals/x.in.yaml}, and what is said of them, line by line, as {@code
 * x.in.yaml.out.txt}. With {@code -Dwick.golden=write} what is said is written under {@code
 * target/test-classes}, to be read and taken over.
 */
class RefusalsTest {

    static Stream<Path> texts() throws IOException, URISyntaxException {
        URL folder = RefusalsTest.class.getResource("refusals");
        assertNotNull(folder);
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            List<Path> texts =
                    files.filter(f -> f.toString().matches(".*\\.in\\.[a-z]+")).sorted().toList();
            return texts.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void allProblemsOfATextAreFoundAtOnce(Path file) throws IOException {
        String name = file.getFileName().toString();
        StringBuilder said = new StringBuilder();
        Parsed parsed = Documents.parse(name.replace(".in", ""), Files.readString(file));
        parsed.problems().forEach(problem -> said.append(problem).append('\n'));
        parsed.entries()
                .forEach(entry -> said.append("sound: ").append(entry.place()).append('\n'));
        parsed.unsound()
                .forEach(
                        one ->
                                said.append("unsound: ")
                                        .append(new Parsed.Key(one.kind(), one.name()))
                                        .append('\n'));
        Path golden = file.resolveSibling(name + ".out.txt");
        if ("write".equals(System.getProperty("wick.golden"))) {
            Files.writeString(golden, said);
        }

        assertEquals(shortened(Files.readString(golden)), shortened(said.toString()));
    }

    /** Without the fields that a kind has: which they are changes with each that is added. */
    private static String shortened(String problems) {
        return problems.replaceAll("a field of (\\w+): [^)\n]*", "a field of $1");
    }
}
