package dev.wick.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wick.e2e.harness.Child;
import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Folder;
import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Ports;
import dev.wick.e2e.harness.Upstream;
import dev.wick.e2e.harness.Wick;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** {@code ./wick up}: a store and an instance, kept alive, and gone with their launcher. */
class UpTest {

    @AutoClose private final Folder folder = Folder.temporary("up");
    @AutoClose private final Upstream upstream = Upstream.saying("hello");
    private final int http = Ports.free();
    private final int admin = Ports.free();
    private final int api = Ports.free();
    private Map<String, String> environment = Map.of();

    private Child up(String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "up",
                                "--data",
                                folder.resolve("data").toString(),
                                "--http",
                                Integer.toString(http),
                                "--admin",
                                Integer.toString(admin),
                                "--api",
                                Integer.toString(api)));
        arguments.addAll(List.of(more));
        return Wick.command(folder.path(), environment, arguments.toArray(String[]::new));
    }

    private Child upWithHello() {
        folder.write(
                "hello.yaml",
                Documents.hostAndCluster("hello", "hello.localhost", upstream.port()));
        Child child = up("--apply", "hello.yaml");
        child.awaitLine("its greeting", line -> line.contains("Wick is up"));
        return child;
    }

    private int status() {
        try {
            return Http1.get(http, "hello.localhost", "/").status();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    private static List<ProcessHandle> processes(Child up) {
        return up.handle().descendants().filter(UpTest::isJava).toList();
    }

    private static boolean isJava(ProcessHandle handle) {
        return handle.info().command().orElse("").endsWith("java");
    }

    private static Optional<ProcessHandle> running(Child up, String module) {
        return processes(up).stream()
                .filter(
                        handle ->
                                Arrays.stream(handle.info().arguments().orElse(new String[0]))
                                        .anyMatch(
                                                argument -> argument.contains(module + "/target")))
                .findFirst();
    }

    @Test
    void up_serves_what_it_applies_restarts_what_dies_and_stops_with_sigterm() {
        try (Child up = upWithHello()) {
            assertEquals(200, status());
            assertEquals(200, Http1.get(admin, "localhost", "/ready").status());
            assertEquals(200, Http1.get(api, "localhost", "/v1/schema").status());

            running(up, "gateway-fn").orElseThrow().destroyForcibly();
            up.awaitLine(
                    "a line about the gateway",
                    line -> line.contains("gateway") && line.contains("starting it again"));
            await().until(() -> status() == 200);
            running(up, "config-store").orElseThrow().destroyForcibly();
            up.awaitLine(
                    "a line about the store",
                    line -> line.contains("store") && line.contains("starting it again"));
            assertEquals(200, status());

            List<ProcessHandle> children = processes(up);
            up.stop();
            await().until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void up_listens_where_a_name_says() {
        String http = "localhost:" + this.http;
        String admin = "localhost:" + this.admin;
        String api = "localhost:" + this.api;
        try (Child up = up("--http", http, "--admin", admin, "--api", api)) {
            up.awaitLine("its greeting", line -> line.contains("Wick is up"));
            assertEquals(404, status());
        }
    }

    @Test
    void no_secret_stands_in_the_environment_of_the_instance() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/environ")), "a system that shows environments");
        String key = Base64.getEncoder().encodeToString(new byte[32]);
        environment = Map.of("WICK_STORE_KEY", key, "WICK_TOKEN", "another store's");
        try (Child up = upWithHello()) {
            assertEquals(200, status());

            assertTrue(environment(up, "config-store").contains("WICK_STORE_KEY=" + key));
            String instance = environment(up, "gateway-fn");
            assertFalse(instance.contains("WICK_STORE_KEY"), instance);
            assertFalse(instance.contains("WICK_TOKEN"), instance);
        }
    }

    private static String environment(Child up, String module) throws IOException {
        long pid = running(up, module).orElseThrow().pid();
        return Files.readString(Path.of("/proc/" + pid + "/environ"));
    }

    @Test
    void the_children_end_when_the_launcher_is_killed() {
        try (Child up = upWithHello()) {
            List<ProcessHandle> children =
                    Stream.concat(processes(up).stream(), Stream.of(up.handle())).toList();
            assertTrue(children.size() >= 3, children::toString);

            up.kill9();

            await().until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void a_taken_port_is_a_sentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(http, 1, InetAddress.getByName("127.0.0.1"));
                Child up = up()) {
            assertFalse(up.awaitEnd() == 0);
            assertTrue(up.output().contains(Integer.toString(taken.getLocalPort())), up.output());
            assertFalse(up.output().contains("\tat "), up.output());
        }
    }

    @Test
    void a_data_folder_in_use_is_a_sentence() {
        try (Child up = upWithHello();
                Child second =
                        Wick.command(
                                folder.path(),
                                Map.of(),
                                "up",
                                "--data",
                                folder.resolve("data").toString(),
                                "--http",
                                Integer.toString(Ports.free()),
                                "--admin",
                                Integer.toString(Ports.free()),
                                "--api",
                                Integer.toString(Ports.free()))) {
            assertFalse(second.awaitEnd() == 0);
            assertTrue(second.output().contains("data"), second.output());
            assertTrue(second.output().contains("use"), second.output());
            assertFalse(second.output().contains("\tat "), second.output());
            assertTrue(up.running());
        }
    }

    @Test
    void an_apply_that_is_refused_is_told_and_nothing_stays_behind() {
        folder.write("bad.yaml", "kind: Cluster\nname: bad\ncolour: red\n");
        try (Child up = up("--apply", "bad.yaml")) {
            assertFalse(up.awaitEnd() == 0);
            assertTrue(up.output().contains("colour"), up.output());
        }
    }
}
