package dev.wick.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Programs of others, where they are installed. */
final class Tools {

    private Tools() {}

    /** The path of {@code program}, empty where there is none. */
    static String find(String program) {
        Stream<String> folders =
                Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":")),
                        Stream.of("/usr/sbin", "/usr/local/sbin", "/usr/local/bin"));
        return folders.map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
    }
}
