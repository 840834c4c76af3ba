package dev.wick.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for one test, gone with {@link #close()}. */
public final class Folder implements AutoCloseable {

    private final Path path;

    private Folder(Path path) {
        this.path = path;
    }

    public static Folder temporary(String name) {
        try {
            return new Folder(Files.createTempDirectory("wick-e2e-" + name + "-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path path() {
        return path;
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    public Path write(String name, String text) {
        try {
            return Files.writeString(path.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        for (int attempt = 0; attempt < 5; attempt++) {
            try (Stream<Path> files = Files.walk(path)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
                return;
            } catch (NoSuchFileException e) {
                // A process that just ended was still tidying up.
                continue;
            } catch (IOException | UncheckedIOException e) {
                continue;
            }
        }
    }
}
