package dev.wick.cli.up;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {

    private static final long SECONDS = 30;

    @TempDir Path folder;

    private Child child() {
        Address address = new Address("127.0.0.1", 1);
        Settings settings =
                new Settings(folder, folder.resolve("data"), address, address, address, List.of());
        return new Child("gateway", List.of("gateway"), settings, new Console());
    }

    /** What is started in the launcher's place. */
    private void launcher(String script) throws IOException {
        Path made = Files.writeString(folder.resolve("new"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(made, folder.resolve("wick"));
    }

    private static void await(BooleanSupplier event) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!event.getAsBoolean()) {
            assertTrue(System.nanoTime() < end);
            Thread.sleep(20); // nobody tells of a line or a file
        }
    }

    @Test
    void whatCannotBeStartedAtAllIsNotReadyAndSaysWhy() throws Exception {
        Child child = child();

        assertFalse(child.start().get(SECONDS, TimeUnit.SECONDS));
        assertTrue(
                child.lastWords().getLast().startsWith("gateway cannot be started (")
                        && child.lastWords().getLast().contains("wick"),
                () -> child.lastWords().toString());
    }

    @Test
    void aStartThatFailsIsTriedAgain() throws Exception {
        launcher(
                """
                cd "$(dirname "$0")"
                echo ready
                until [ -e end ]; do sleep 0.1; done
                """);
        Child child = child();
        assertTrue(child.start().get(SECONDS, TimeUnit.SECONDS));
        Files.delete(folder.resolve("wick"));
        Files.createFile(folder.resolve("end"));
        await(() -> child.lastWords().getLast().contains("cannot be started"));

        launcher(
                """
                cd "$(dirname "$0")"
                echo ready
                touch back
                exec cat >/dev/null
                """);

        await(() -> Files.exists(folder.resolve("back")));
        child.stop(5);
    }
}
