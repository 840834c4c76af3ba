package dev.wick.store.keep.raft;

import dev.wick.store.keep.Halt;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Fsync. When it fails once, the kernel may have dropped the pages and say nothing the next time:
 * so it is never tried again, the process ends, and the next start reads what is really there.
 *
 * <p>Files are written as {@link RandomAccessFile}: a channel is closed under its user when the
 * thread is interrupted, and JGroups interrupts its threads when it stops.
 */
final class Durable {

    private Durable() {}

    static void force(RandomAccessFile file, Path path, Halt halt) throws IOException {
        try {
            file.getFD().sync();
        } catch (IOException e) {
            halt.now("fsync of " + path + " failed", e);
            throw e;
        }
    }

    /** Makes names in a folder durable. */
    static void forceFolder(Path folder, Halt halt) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    channel.force(true);
                    return;
                } catch (ClosedByInterruptException e) {
                    // Not an answer of the disk. The only way to sync a folder is a channel.
                    interrupted |= Thread.interrupted();
                } catch (IOException e) {
                    halt.now("fsync of " + folder + " failed", e);
                    throw e;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Puts these bytes in the place of the file: after a crash, it holds either the old bytes or
     * the new.
     */
    static void replace(Path folder, String name, byte[] bytes, Halt halt) throws IOException {
        Path path = folder.resolve(name);
        Path fresh = folder.resolve(name + ".new");
        try (RandomAccessFile file = new RandomAccessFile(fresh.toFile(), "rw")) {
            file.setLength(0);
            file.write(bytes);
            force(file, fresh, halt);
        }
        Files.move(
                fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(folder, halt);
    }
}
