package dev.wick.store.keep.raft;

import dev.wick.store.keep.StoreUnusable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second run out of a data folder. The kernel releases it when the process ends, however it
 * ends.
 */
final class FolderLock implements AutoCloseable {

    private final FileChannel file;

    private FolderLock(FileChannel file) {
        this.file = file;
    }

    static FolderLock take(Path folder) throws IOException, StoreUnusable {
        FileChannel file =
                FileChannel.open(
                        folder.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        if (lock(file) == null) {
            String owner = owner(file);
            file.close();
            throw new StoreUnusable("data folder " + folder + " is in use by another run" + owner);
        }
        file.truncate(0);
        String pid = Long.toString(ProcessHandle.current().pid());
        file.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
        return new FolderLock(file);
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String owner(FileChannel file) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        file.read(pid, 0);
        String text = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
        return text.isBlank() ? "" : " (process " + text.strip() + ")";
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
