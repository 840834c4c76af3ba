package dev.wick.store.keep.raft;

import dev.wick.store.keep.Bundles;
import dev.wick.store.keep.Halt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Bundle and base files in one folder. A file is blocks, each [bytes stored | bytes inflated |
 * CRC32C | bytes], and 16 bytes at its end: [offset of the root | CRC32C of it | magic]. Files are
 * opened for one read each: nothing stays open, and a file may be deleted under its readers. Any
 * thread.
 */
final class BundleFiles implements Bundles {

    static final int BLOCK_HEAD = 12;
    static final int TAIL = 16;
    static final int MAGIC = 0x5749434B;
    private static final int MOST = 512 << 20;

    private final Path folder;
    private final Halt halt;
    private final Queue<Inflater> inflaters = new ConcurrentLinkedQueue<>();

    /** Makes the folder when it is not there, and removes what an earlier run left half written. */
    BundleFiles(Path folder, Halt halt) throws IOException {
        this.folder = folder;
        this.halt = halt;
        Files.createDirectories(folder);
        try (DirectoryStream<Path> unfinished =
                Files.newDirectoryStream(folder, BundleWriter.UNFINISHED + "*")) {
            for (Path path : unfinished) {
                Files.deleteIfExists(path);
            }
        }
    }

    @Override
    public Writer create() throws IOException {
        return new BundleWriter(folder, halt);
    }

    @Override
    public Block read(String sha256, long offset) throws IOException {
        try (FileChannel file = FileChannel.open(folder.resolve(sha256), StandardOpenOption.READ)) {
            ByteBuffer head = read(file, sha256, offset, BLOCK_HEAD);
            int stored = head.getInt();
            int inflated = head.getInt();
            int crc = head.getInt();
            if (stored < 0 || inflated < stored || inflated > MOST) {
                throw damaged(sha256, offset);
            }
            byte[] bytes = read(file, sha256, offset + BLOCK_HEAD, stored).array();
            if (crc != crc(bytes, stored, inflated)) {
                throw damaged(sha256, offset);
            }
            long next = offset + BLOCK_HEAD + stored;
            byte[] block = stored == inflated ? bytes : inflate(bytes, inflated, sha256, offset);
            return new Block(block, next == file.size() - TAIL ? -1 : next);
        }
    }

    @Override
    public long root(String sha256) throws IOException {
        try (FileChannel file = FileChannel.open(folder.resolve(sha256), StandardOpenOption.READ)) {
            long at = file.size() - TAIL;
            ByteBuffer tail = read(file, sha256, at, TAIL);
            long root = tail.getLong();
            if (tail.getInt() != Long.hashCode(root * 31 + MAGIC)
                    || tail.getInt() != MAGIC
                    || root < 0
                    || root > at) {
                throw damaged(sha256, at);
            }
            return root;
        }
    }

    @Override
    public Map<String, Instant> list() throws IOException {
        Map<String, Instant> files = new HashMap<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
            for (Path path : paths) {
                String name = path.getFileName().toString();
                if (name.length() == 64) {
                    files.put(name, Files.getLastModifiedTime(path).toInstant());
                }
            }
        }
        return files;
    }

    @Override
    public void delete(String sha256) throws IOException {
        Files.deleteIfExists(folder.resolve(sha256));
    }

    static int crc(byte[] bytes, int stored, int inflated) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, stored);
        return (int) crc.getValue() * 31 + inflated;
    }

    private static ByteBuffer read(FileChannel file, String sha256, long offset, int length)
            throws IOException {
        if (offset < 0 || offset + length > file.size()) {
            throw damaged(sha256, offset);
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, offset + bytes.position()) < 0) {
                throw damaged(sha256, offset);
            }
        }
        return bytes.flip();
    }

    private byte[] inflate(byte[] bytes, int inflated, String sha256, long offset)
            throws IOException {
        Inflater pooled = inflaters.poll();
        Inflater inflater = pooled == null ? new Inflater(true) : pooled;
        try {
            inflater.setInput(bytes);
            byte[] block = new byte[inflated];
            if (inflater.inflate(block) != inflated) {
                throw damaged(sha256, offset);
            }
            return block;
        } catch (DataFormatException e) {
            throw damaged(sha256, offset);
        } finally {
            inflater.reset();
            inflaters.add(inflater);
        }
    }

    private static IOException damaged(String sha256, long offset) {
        return new IOException("file " + sha256 + " is damaged at byte " + offset);
    }
}
