package dev.wick.e2e;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Folder;
import dev.wick.e2e.harness.Wick;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where the launcher finds a JDK and Maven, and what it says of tests. A copy of it runs whose
 * absolute folders lie in the test's own, among JDKs that only say which they are.
 */
class LauncherTest {

    private static final String[] ROOTS = {
        "/usr/lib/jvm/", "/usr/java/", "/opt/", "/Library/Java/JavaVirtualMachines/"
    };

    @AutoClose private final Folder folder = Folder.temporary("launcher");
    private final Map<String, String> environment = new HashMap<>();

    private record Said(int status, String text) {}

    @BeforeEach
    void launcher() throws IOException {
        String text = Files.readString(Wick.home().resolve("wick"));
        for (String root : ROOTS) {
            assertTrue(text.contains(" " + root), root);
            text = text.replace(" " + root, " " + folder.path() + root);
        }
        executable("wick", text);
        Path jar = folder.resolve("cli/target/wick-cli.jar");
        Files.createDirectories(jar.getParent());
        Files.createFile(jar);
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("HOME", folder.path() + "/home");
        environment.put("WICK_BUILD", "no");
    }

    private void executable(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A JDK of that version, which says where it is. */
    private String jdk(String home, String version) throws IOException {
        jdkWithoutRelease(home, version);
        Files.writeString(
                folder.resolve(home + "/release"),
                "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return folder.resolve(home).toString();
    }

    private void jdkWithoutRelease(String home, String version) throws IOException {
        String java =
                """
                #!/bin/sh
                case "$*" in
                    -version) echo 'openjdk version "%s" 2025-09-16' >&2 ;;
                    *java.home*|*XshowSettings*) echo "    java.home = $(dirname "$(dirname "$0")")" >&2 ;;
                    *) echo "this is %s" ;;
                esac
                """
                        .formatted(version, home);
        executable(home + "/bin/java", java);
        executable(home + "/bin/javac", "#!/bin/sh\n");
    }

    private Said wick() throws Exception {
        return wick("get");
    }

    private Said wick(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", folder.resolve("wick").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return new Said(process.exitValue(), text.strip());
    }

    private void hideJava() throws IOException {
        // The machine's own java may be on /usr/bin.
        executable("path/java", "#!/bin/sh\nexit 127\n");
        environment.put("PATH", folder.resolve("path") + ":/usr/bin:/bin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "usr/lib/jvm/temurin-25-jdk-amd64",
                "usr/java/jdk-25",
                "opt/jdk-25",
                "opt/java/openjdk",
                "home/.sdkman/candidates/java/25-tem",
                "home/.jdks/openjdk-25",
                "Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home",
                "home/Library/Java/JavaVirtualMachines/x/Contents/Home",
                "opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home",
            })
    void a_jdk_is_found_where_they_are_usually_put(String home) throws Exception {
        hideJava();
        jdk("usr/lib/jvm/java-17-openjdk", "17.0.12");
        jdk(home, "25.0.1");

        assertEquals(new Said(0, "this is " + home), wick());
    }

    @Test
    void sdkman_may_be_elsewhere() throws Exception {
        hideJava();
        jdk("tools/candidates/java/26-ea", "26-ea");
        environment.put("SDKMAN_DIR", folder.resolve("tools").toString());

        assertEquals("this is tools/candidates/java/26-ea", wick().text());
    }

    @Test
    void java_home_goes_first_then_the_path_then_the_oldest_that_will_do() throws Exception {
        hideJava();
        String home = jdk("my jdk", "27");
        jdk("usr/lib/jvm/c", "26.0.1");
        jdk("usr/lib/jvm/b", "25.0.2");
        jdk("usr/lib/jvm/a", "1.8.0_402");
        jdk("path-jdk", "28");

        assertEquals("this is usr/lib/jvm/b", wick().text());
        environment.put("PATH", folder.resolve("path-jdk/bin") + ":/usr/bin:/bin");
        assertEquals("this is path-jdk", wick().text());
        environment.put("JAVA_HOME", home);
        assertEquals("this is my jdk", wick().text());
    }

    @ParameterizedTest
    @CsvSource({"17.0.12, 17.0.12", "21, 24.0.2"})
    void what_is_too_old_is_passed_over_wherever_it_is(String home, String path) throws Exception {
        environment.put("JAVA_HOME", jdk("old", home));
        jdk("path-jdk", path);
        environment.put("PATH", folder.resolve("path-jdk/bin") + ":/usr/bin:/bin");
        jdkWithoutRelease("home/.jdks/none-said", "25.0.1");

        assertEquals("this is home/.jdks/none-said", wick().text());
    }

    @Test
    void a_link_on_the_path_leads_to_its_jdk() throws Exception {
        jdk("opt/far/jdk", "25");
        Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(
                folder.resolve("links/java"), folder.resolve("opt/far/jdk/bin/java"));
        environment.put("PATH", folder.resolve("links") + ":/usr/bin:/bin");

        assertEquals("this is opt/far/jdk", wick().text());
    }

    @Test
    void without_a_jdk_there_is_a_sentence() throws Exception {
        hideJava();
        jdk("usr/lib/jvm/java-17-openjdk", "17.0.12");
        executable("usr/lib/jvm/jre-25/bin/java", "#!/bin/sh\necho no compiler\n");

        Said said = wick();

        assertEquals(1, said.status());
        assertTrue(said.text().startsWith("wick: no JDK 25 or later found: "), said.text());
        assertTrue(said.text().contains("JAVA_HOME"), said.text());
        assertEquals(1, said.text().lines().count(), said.text());
    }

    /** A Maven that says what it is asked, where no PATH leads. */
    private void mavenAside(String script) throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String of : new String[] {"/usr/bin", "/bin"}) {
            try (Stream<Path> files = Files.list(Path.of(of))) {
                for (Path file : files.toList()) {
                    Path link = tools.resolve(file.getFileName());
                    if (!link.endsWith("mvn") && !Files.exists(link, NOFOLLOW_LINKS)) {
                        Files.createSymbolicLink(link, file);
                    }
                }
            }
        }
        environment.put("PATH", tools.toString());
        environment.put("JAVA_HOME", jdk("jdk", "25"));
        environment.put("MAVEN_HOME", folder.resolve("maven").toString());
        executable("maven/bin/mvn", script);
    }

    /** A tool that does {@code first} before it is itself. */
    private void toolThatFirst(String name, String first) throws IOException {
        Path tool = folder.resolve("tools").resolve(name);
        Path real = Files.readSymbolicLink(tool);
        Files.delete(tool);
        executable("tools/" + name, "#!/bin/bash\n" + first + "\nexec " + real + " \"$@\"\n");
    }

    @Test
    void where_the_lock_cannot_be_made_there_is_a_sentence() throws Exception {
        mavenAside("#!/bin/sh\n");
        environment.put("WICK_BUILD", "yes");
        toolThatFirst(
                "mkdir",
                "case \"$*\" in *wick-build.lock*) echo 'no space left' >&2; exit 1 ;; esac");

        Said said = wick();

        assertEquals(1, said.status());
        assertTrue(said.text().contains("cannot write to "), said.text());
        assertTrue(said.text().contains("no space left"), said.text());
    }

    @Test
    void the_lock_of_a_dead_process_is_taken_away() throws Exception {
        mavenAside("#!/bin/sh\n");
        environment.put("WICK_BUILD", "yes");
        executable("target/wick-build.lock/pid", Long.toString(deadProcess()));

        assertEquals("this is jdk", wick().text());
        assertFalse(Files.exists(folder.resolve("target/wick-build.lock")));
        assertFalse(Files.exists(folder.resolve("target/wick-build.lock.taker")));
    }

    @Test
    void a_lock_that_another_has_taken_meanwhile_is_left_to_it() throws Exception {
        mavenAside("#!/bin/sh\n");
        environment.put("WICK_BUILD", "yes");
        executable("target/wick-build.lock/pid", Long.toString(deadProcess()));
        // Between the look at the dead owner and what is done about it.
        long other = ProcessHandle.current().pid();
        String taken =
                "case \"$*\" in *wick-build.lock.*) echo %d >%s/target/wick-build.lock/pid ;; esac"
                        .formatted(other, folder.path());
        toolThatFirst("mkdir", taken);
        toolThatFirst("mv", taken);

        ProcessBuilder builder =
                new ProcessBuilder("bash", folder.resolve("wick").toString(), "get");
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        try (BufferedReader lines = process.inputReader()) {
            assertEquals(
                    "wick: waiting for another build (process " + other + ")", lines.readLine());
        } finally {
            process.destroy();
        }
    }

    private static long deadProcess() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    @Test
    void a_bench_that_runs_tests_takes_the_maven_that_the_launcher_finds() throws Exception {
        mavenAside("#!/bin/sh\necho \"maven: $*\"\n");
        for (String module : new String[] {"config-store", "gateway-fn"}) {
            executable(module + "/target/quarkus-app/quarkus-run.jar", "");
        }
        for (String script : new String[] {"long-test", "kill"}) {
            executable(
                    "bench/" + script,
                    Files.readString(Wick.home().resolve("bench").resolve(script)));
        }

        Said said = wick("bench", "kill", "--rounds", "3");

        assertTrue(said.text().contains("maven: -B -q -f "), said.text());
        assertTrue(said.text().contains("-Dwick.kill.rounds=3"), said.text());
    }

    @Test
    void h2spec_is_built_without_a_trace_of_it_at_home() throws Exception {
        executable(".peers/envoy/envoy", "#!/bin/sh\n");
        executable(
                "path/go",
                """
                #!/bin/sh
                mkdir -p "${GOPATH:-$HOME/go}/pkg" "${GOCACHE:-$HOME/.cache/go-build}"
                echo '#!/bin/sh' >"$GOBIN/h2spec"
                """);
        environment.put("PATH", folder.resolve("path") + ":/usr/bin:/bin");

        Said said = wick("peers");

        assertTrue(said.text().endsWith("peers: h2spec at .peers/h2spec/h2spec"), said.text());
        assertFalse(Files.exists(folder.resolve("home")));
        try (Stream<Path> left = Files.list(folder.resolve(".peers"))) {
            assertEquals(2, left.count());
        }
    }

    @Test
    void the_last_line_of_test_counts_where_there_is_no_report_at_all() throws Exception {
        mavenAside("#!/bin/sh\nexit 1\n");
        executable(".peers/envoy/envoy", "#!/bin/sh\n");
        executable(".peers/h2spec/h2spec", "#!/bin/sh\n");
        // As BSD's, which runs nothing for nothing.
        Files.delete(folder.resolve("tools/xargs"));
        executable(
                "tools/xargs",
                """
                #!/bin/bash
                input=$(cat | tr '\\0' '\\n')
                [ -n "$input" ] || exit 0
                printf '%s\\n' "$input" | tr '\\n' '\\0' | /usr/bin/xargs "$@"
                """);

        Said said = wick("test");

        assertEquals(1, said.status());
        assertTrue(said.text().endsWith("\n0 passed, 0 failed, 0 skipped"), said.text());
    }

    /** What bash 3.2, the one of macOS, does not know. */
    @Test
    void it_keeps_to_what_bash_3_2_knows() throws IOException {
        List<String> newer =
                List.of(
                        "\\bdeclare -[Ag]",
                        "\\blocal -[nA]",
                        "\\bmapfile\\b",
                        "\\breadarray\\b",
                        "\\bcoproc\\b",
                        "\\$\\{[A-Za-z_]+(,|\\^)",
                        "&>>",
                        "\\|&",
                        "\\bwait -n\\b",
                        "\\$\\{[A-Za-z_]+@",
                        "\\bprintf -v [A-Za-z_]+\\[",
                        ";;&",
                        ";&",
                        "\\[\\[ -v ",
                        "\\$EPOCH",
                        "\\$BASHPID",
                        "\\{[0-9]+\\.\\.[0-9]+\\.\\.",
                        "\\bread -[a-z]*N",
                        "\\$\\{[A-Za-z_]+: -");
        for (String line : Files.readAllLines(Wick.home().resolve("wick"))) {
            String code = line.replaceAll("(^|\\s)#.*", "");
            for (String feature : newer) {
                assertFalse(code.matches(".*" + feature + ".*"), () -> feature + ": " + line);
            }
        }
    }
}
