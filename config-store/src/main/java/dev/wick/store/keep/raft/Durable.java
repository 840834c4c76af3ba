package dev.wick.store.keep.raft;

import dev.wick.store.keep.Halt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Fsync. When it fails once, the kernel may have dropped the pages and say nothing the next time:
 * so it is never tried again, the process ends, and the next start reads what is really there.
 */
final class Durable {

    private Durable() {}

    static void force(FileChannel file, Path path, Halt halt) throws IOException {
        try {
            file.force(true);
        } catch (IOException e) {
            halt.now("fsync of " + path + " failed", e);
            throw e;
        }
    }

    /** Makes names in a folder durable. */
    static void forceFolder(Path folder, Halt halt) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            force(channel, folder, halt);
        }
    }

    /**
     * Puts these bytes in the place of the file: after a crash, it holds either the old bytes or
     * the new.
     */
    static void replace(Path folder, String name, ByteBuffer bytes, Halt halt) throws IOException {
        Path path = folder.resolve(name);
        Path fresh = folder.resolve(name + ".new");
        try (FileChannel file =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            force(file, fresh, halt);
        }
        Files.move(
                fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(folder, halt);
    }
}
