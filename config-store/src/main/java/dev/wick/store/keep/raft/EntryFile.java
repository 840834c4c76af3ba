package dev.wick.store.keep.raft;

import dev.wick.store.keep.Halt;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jgroups.protocols.raft.LogEntry;
import org.jspecify.annotations.Nullable;

/**
 * The entries of the Raft log, in a file and in memory (a megabyte or so, then a snapshot shortens
 * it). The file starts with [magic | first], then each entry is [length | CRC32C | index | term |
 * internal | bytes], the checksum over all but itself. Not locked: {@link WickLog} does.
 */
final class EntryFile {

    private static final long MAGIC = 0x5749434B4C4F4731L;
    private static final int FILE_HEAD = 16;
    private static final int HEAD = 25;
    private static final int MOST = 64 << 20;

    private static final String NAME = "entries";

    private final Path folder;
    private final Path path;
    private final Halt halt;
    private final List<LogEntry> entries = new ArrayList<>();
    private final List<Long> offsets = new ArrayList<>();
    private RandomAccessFile file;
    private long firstAppended;
    private long end;
    private @Nullable String damage;

    /** Reads all entries up to the first that is not whole; {@link #damage} tells of it. */
    EntryFile(Path folder, Halt halt) throws IOException {
        this.folder = folder;
        path = folder.resolve(NAME);
        this.halt = halt;
        if (!Files.exists(path)) {
            Durable.replace(folder, NAME, fileHead(0, 0).array(), halt);
        }
        file = open();
        read();
    }

    private RandomAccessFile open() throws IOException {
        return new RandomAccessFile(path.toFile(), "rw");
    }

    private void read() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
        if (bytes.remaining() < FILE_HEAD || bytes.getLong() != MAGIC) {
            throw new IOException(path + " is no log of this version");
        }
        firstAppended = bytes.getLong();
        end = FILE_HEAD;
        while (damage == null && bytes.hasRemaining()) {
            damage = readEntry(bytes);
        }
    }

    /** Null, or what is wrong. */
    private @Nullable String readEntry(ByteBuffer bytes) {
        if (bytes.remaining() < HEAD) {
            return "is cut off";
        }
        int length = bytes.getInt(bytes.position());
        if (length < 0 || length > MOST || bytes.remaining() - HEAD < length) {
            return "is cut off";
        }
        int start = bytes.position();
        int crc = bytes.getInt(start + 4);
        long index = bytes.getLong(start + 8);
        long term = bytes.getLong(start + 16);
        if (crc != crc(bytes.array(), start, length)) {
            return "does not match its checksum";
        }
        if (index != last() + 1) {
            return "is numbered " + index;
        }
        byte[] command = new byte[length];
        bytes.get(start + HEAD, command);
        boolean internal = bytes.get(start + 24) == 1;
        entries.add(new LogEntry(term, command, 0, length, internal));
        offsets.add(end);
        end += HEAD + length;
        bytes.position(start + HEAD + length);
        return null;
    }

    /** What is wrong with the entry behind the last whole one, or null. */
    @Nullable String damage() {
        return damage;
    }

    /** Cuts off what follows the last whole entry. */
    void cutDamage() throws IOException {
        file.setLength(end);
        Durable.force(file, path, halt);
        damage = null;
    }

    /** The index that the log was last shortened to, 0 when never. */
    long firstAppended() {
        return firstAppended;
    }

    private long firstHeld() {
        return Math.max(1, firstAppended);
    }

    /** One below the first one when there is none. */
    long last() {
        return firstHeld() + entries.size() - 1;
    }

    long size() {
        return end;
    }

    @Nullable LogEntry get(long index) {
        return index < firstHeld() || index > last()
                ? null
                : entries.get((int) (index - firstHeld()));
    }

    /** Durable when this returns. Entries at and behind the index are replaced. */
    void append(long index, Iterable<LogEntry> more) throws IOException {
        if (index < firstHeld() || index > last() + 1) {
            throw new IllegalStateException(
                    "entry " + index + " (expected: " + firstHeld() + "-" + (last() + 1) + ")");
        }
        if (index <= last()) {
            cutFrom(index);
        }
        List<ByteBuffer> frames = new ArrayList<>();
        long offset = end;
        long next = index;
        for (LogEntry entry : more) {
            ByteBuffer frame = frame(next++, entry);
            frames.add(frame);
            offsets.add(offset);
            offset += frame.remaining();
            entries.add(copy(entry));
        }
        write(frames);
        end = offset;
        Durable.force(file, path, halt);
    }

    private void write(List<ByteBuffer> frames) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(frames.stream().mapToInt(ByteBuffer::remaining).sum());
        frames.forEach(all::put);
        file.seek(end);
        file.write(all.array());
    }

    /** Removes the entries at and behind the index. */
    void deleteFrom(long index) throws IOException {
        if (index <= last()) {
            cutFrom(index);
            Durable.force(file, path, halt);
        }
    }

    private void cutFrom(long index) throws IOException {
        int at = (int) (index - firstHeld());
        end = offsets.get(at);
        entries.subList(at, entries.size()).clear();
        offsets.subList(at, offsets.size()).clear();
        file.setLength(end);
    }

    /**
     * Removes the entries before the index, which stays as the first; all or nothing, whatever
     * happens.
     */
    void deleteBefore(long index) throws IOException {
        if (index <= firstHeld() || index > last()) {
            return;
        }
        rewrite(index, List.copyOf(entries.subList((int) (index - firstHeld()), entries.size())));
    }

    /** Forgets all but this one entry. */
    void restart(long index, LogEntry entry) throws IOException {
        rewrite(index, List.of(copy(entry)));
    }

    private void rewrite(long first, List<LogEntry> kept) throws IOException {
        List<ByteBuffer> frames = new ArrayList<>();
        List<Long> places = new ArrayList<>();
        long offset = FILE_HEAD;
        long index = first;
        for (LogEntry entry : kept) {
            ByteBuffer frame = frame(index++, entry);
            places.add(offset);
            offset += frame.remaining();
            frames.add(frame);
        }
        ByteBuffer all = fileHead(first, (int) offset - FILE_HEAD);
        all.position(FILE_HEAD).limit((int) offset);
        frames.forEach(all::put);
        Durable.replace(folder, NAME, all.array(), halt);
        file.close();
        file = open();
        entries.clear();
        entries.addAll(kept);
        offsets.clear();
        offsets.addAll(places);
        firstAppended = first;
        end = offset;
    }

    private static ByteBuffer fileHead(long first, int room) {
        ByteBuffer bytes = ByteBuffer.allocate(FILE_HEAD + room);
        return bytes.putLong(MAGIC).putLong(first).limit(FILE_HEAD).position(0);
    }

    private static ByteBuffer frame(long index, LogEntry entry) {
        ByteBuffer frame = ByteBuffer.allocate(HEAD + entry.length());
        frame.putInt(entry.length()).putInt(0).putLong(index).putLong(entry.term());
        frame.put((byte) (entry.internal() ? 1 : 0));
        if (entry.length() > 0) {
            frame.put(entry.command(), entry.offset(), entry.length());
        }
        frame.putInt(4, crc(frame.array(), 0, entry.length()));
        return frame.flip();
    }

    private static LogEntry copy(LogEntry entry) {
        byte[] command = new byte[entry.length()];
        if (entry.length() > 0) {
            System.arraycopy(entry.command(), entry.offset(), command, 0, entry.length());
        }
        return new LogEntry(entry.term(), command, 0, command.length, entry.internal());
    }

    private static int crc(byte[] bytes, int start, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, start, 4);
        crc.update(bytes, start + 8, HEAD - 8 + length);
        return (int) crc.getValue();
    }

    void close() throws IOException {
        file.close();
    }
}
