package dev.wick.cli.up;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * All that a process prints, in a file of 16 MiB at most and the one before it. A disk that is full
 * costs the log, not the process. Any thread, one at a time.
 */
final class LogFile {

    private static final long MOST = 16L << 20;

    private final Path file;
    private @Nullable Writer out;
    private long size;

    /** Goes on with the file that is there. */
    LogFile(Path file) {
        this.file = file;
        open();
    }

    private void open() {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            size = Files.exists(file) ? Files.size(file) : 0;
            out =
                    Files.newBufferedWriter(
                            file,
                            StandardCharsets.UTF_8,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
        } catch (IOException e) {
            out = null;
        }
    }

    private void turn() {
        try {
            close();
            Path before = file.resolveSibling(file.getFileName() + ".1");
            Files.move(file, before, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            out = null;
            return;
        }
        open();
    }

    synchronized void add(String line) {
        if (out == null) {
            return;
        }
        try {
            out.write(line);
            out.write('\n');
            out.flush();
            size += line.length() + 1;
        } catch (IOException e) {
            out = null;
            return;
        }
        if (size >= MOST) {
            turn();
        }
    }

    private void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
