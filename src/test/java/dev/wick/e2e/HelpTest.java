package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Child;
import dev.wick.e2e.harness.Folder;
import dev.wick.e2e.harness.Wick;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every flag is in the processes, in {@code wick help} and in docs/operating.md, or in none. */
class HelpTest {

    private static final Pattern FLAG = Pattern.compile("--[a-z][a-z-]+");

    /** What the scripts in bench/ that are benchmarks call. */
    private static final Set<String> PARTS_OF_BENCHMARKS = Set.of("run", "long-test");

    @AutoClose private final Folder folder = Folder.temporary("help");

    private String output(String... arguments) {
        try (Child child = Wick.command(folder.path(), Map.of(), arguments)) {
            assertEquals(0, child.awaitEnd(), child::output);
            return child.output();
        }
    }

    private static TreeSet<String> flags(String text) {
        TreeSet<String> flags = new TreeSet<>();
        Matcher matcher = FLAG.matcher(text);
        while (matcher.find()) {
            flags.add(matcher.group());
        }
        return flags;
    }

    /** Of the command in {@code wick help}: from its name to the next one. */
    private String helpOf(String command) {
        Matcher matcher =
                Pattern.compile("(?ms)^  " + command + " .*?(?=^  [a-z]|^$)")
                        .matcher(output("help"));
        assertTrue(matcher.find(), command);
        return matcher.group();
    }

    /** The table below its heading. */
    private static String documented(String command) throws IOException {
        String text = Files.readString(Wick.home().resolve("docs/operating.md"));
        int begin = text.indexOf("### " + command + "\n");
        assertTrue(begin > 0, command);
        StringBuilder rows = new StringBuilder();
        text.substring(begin, text.indexOf("\n#", begin + 4))
                .lines()
                .filter(line -> line.startsWith("| `--"))
                .forEach(line -> rows.append(line.split("\\|")[1]).append('\n'));
        return rows.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"store", "gateway"})
    void the_flags_of_a_process_stand_everywhere(String command) throws IOException {
        TreeSet<String> flags = flags(output(command, "--help"));

        assertEquals(flags, flags(helpOf(command)));
        assertEquals(flags, flags(documented(command)));
        try (Child child = Wick.command(folder.path(), Map.of(), command, "--no-such-flag", "x")) {
            assertEquals(2, child.awaitEnd(), child::output);
            String refusal = child.lines().getFirst();
            assertEquals(flags, flags(refusal.substring(refusal.indexOf("expected"))));
        }
    }

    @Test
    void the_flags_of_up_stand_everywhere() throws IOException {
        TreeSet<String> flags = flags(documented("up"));

        assertEquals(flags, flags(helpOf("up")));
        for (String flag : flags) {
            try (Child child = Wick.command(folder.path(), Map.of(), "up", flag)) {
                assertEquals(2, child.awaitEnd(), child::output);
                assertTrue(
                        child.output().contains(flag + ": missing (expected: a value"),
                        child::output);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "apply", "get", "delete", "explain", "export"})
    void any_command_takes_help(String command) {
        assertTrue(output(command, "--help").contains("  " + command + " "));
    }

    @Test
    void each_benchmark_stands_in_the_help_and_where_one_is_asked_for() throws IOException {
        String help = helpOf("bench");
        try (Child child = Wick.command(folder.path(), Map.of(), "bench");
                Stream<Path> scripts = Files.list(Wick.home().resolve("bench"))) {
            assertEquals(2, child.awaitEnd(), child::output);
            for (Path script : scripts.filter(Files::isRegularFile).toList()) {
                String name = script.getFileName().toString();
                if (!PARTS_OF_BENCHMARKS.contains(name)) {
                    assertTrue(help.matches("(?s).*\\b" + name + "\\b.*"), name);
                    assertTrue(child.output().matches("(?s).*\\b" + name + "\\b.*"), name);
                }
            }
        }
    }
}
