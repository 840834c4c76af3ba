package dev.wick.store.keep.raft;

import dev.wick.store.keep.Bundles;
import dev.wick.store.keep.FileName;
import dev.wick.store.keep.Halt;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.zip.Deflater;

/**
 * Writes one file under a temporary name, and gives it its own once it is on the disk. One thread.
 */
final class BundleWriter implements Bundles.Writer {

    static final String UNFINISHED = "unfinished-";

    private final Path folder;
    private final Halt halt;
    private final Path path;
    private final RandomAccessFile file;
    private final MessageDigest sha256;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final ByteBuffer buffer = ByteBuffer.allocate(256 << 10);
    private byte[] deflated = new byte[32 << 10];
    private long size;

    BundleWriter(Path folder, Halt halt) throws IOException {
        this.folder = folder;
        this.halt = halt;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a JDK without SHA-256", e);
        }
        path = folder.resolve(UNFINISHED + UUID.randomUUID());
        file = new RandomAccessFile(path.toFile(), "rw");
    }

    @Override
    public long append(byte[] bytes, int length) throws IOException {
        if (deflated.length < length) {
            deflated = new byte[length];
        }
        deflater.reset();
        deflater.setInput(bytes, 0, length);
        deflater.finish();
        int stored = deflater.deflate(deflated, 0, length);
        boolean smaller = deflater.finished() && stored < length;
        byte[] block = smaller ? deflated : bytes;
        int blockLength = smaller ? stored : length;
        long offset = size;
        ByteBuffer head = ByteBuffer.allocate(BundleFiles.BLOCK_HEAD);
        head.putInt(blockLength).putInt(length);
        head.putInt(BundleFiles.crc(block, blockLength, length));
        write(head.array(), BundleFiles.BLOCK_HEAD);
        write(block, blockLength);
        return offset;
    }

    @Override
    public FileName finish(long root) throws IOException {
        ByteBuffer tail = ByteBuffer.allocate(BundleFiles.TAIL);
        tail.putLong(root);
        tail.putInt(Long.hashCode(root * 31 + BundleFiles.MAGIC));
        tail.putInt(BundleFiles.MAGIC);
        write(tail.array(), BundleFiles.TAIL);
        drain();
        Durable.force(file, path, halt);
        file.close();
        String name = HexFormat.of().formatHex(sha256.digest());
        Files.move(path, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        Durable.forceFolder(folder, halt);
        return new FileName(name, size);
    }

    private void write(byte[] bytes, int length) throws IOException {
        sha256.update(bytes, 0, length);
        size += length;
        int done = 0;
        while (done < length) {
            int some = Math.min(length - done, buffer.remaining());
            buffer.put(bytes, done, some);
            done += some;
            if (!buffer.hasRemaining()) {
                drain();
            }
        }
    }

    private void drain() throws IOException {
        file.write(buffer.array(), 0, buffer.position());
        buffer.clear();
    }

    @Override
    public void close() throws IOException {
        deflater.end();
        file.close();
        Files.deleteIfExists(path);
    }
}
