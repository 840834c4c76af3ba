package dev.wick.store.keep.raft;

import dev.wick.store.keep.Halt;
import dev.wick.store.keep.Origin;
import dev.wick.store.keep.StoreUnusable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/**
 * The file {@code origin}, which says which file it is itself: by its inode and the time when it
 * was made, which no copy takes along. Each start makes it anew, so that an older one that comes
 * back is a copy even where a tool writes only what differs. Where the file system itself is put
 * back nothing can be seen: whoever does that takes the file away.
 */
final class FolderOrigin implements Origin {

    private final Path folder;
    private final Path file;
    private final Halt halt;

    FolderOrigin(Path folder, Halt halt) {
        this.folder = folder;
        this.file = folder.resolve("origin");
        this.halt = halt;
    }

    @Override
    public boolean isOwn() {
        try {
            String said = Files.readString(file).strip();
            return said.equals(identity(file)) || said.equals(inode(file));
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void claim() throws StoreUnusable {
        Path fresh = folder.resolve("origin.new");
        try {
            Files.deleteIfExists(fresh);
            try (RandomAccessFile out = new RandomAccessFile(fresh.toFile(), "rw")) {
                String identity = identity(fresh);
                write(out, identity);
                if (!identity.equals(identity(fresh))) {
                    write(out, inode(fresh)); // this file system does not keep when it was made
                }
                Durable.force(out, fresh, halt);
            }
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            Durable.forceFolder(folder, halt);
        } catch (IOException e) {
            throw new StoreUnusable(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static void write(RandomAccessFile out, String line) throws IOException {
        out.setLength(0);
        out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static String identity(Path path) throws IOException {
        FileTime made = Files.readAttributes(path, BasicFileAttributes.class).creationTime();
        return inode(path) + " " + made.to(TimeUnit.NANOSECONDS);
    }

    private static String inode(Path path) throws IOException {
        return String.valueOf(Files.getAttribute(path, "unix:ino"));
    }
}
