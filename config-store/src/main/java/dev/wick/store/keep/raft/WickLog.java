package dev.wick.store.keep.raft;

import dev.wick.store.keep.Halt;
import dev.wick.store.keep.StoreUnusable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import java.util.zip.CRC32C;
import org.jgroups.Address;
import org.jgroups.protocols.raft.Log;
import org.jgroups.protocols.raft.LogEntries;
import org.jgroups.protocols.raft.LogEntry;
import org.jgroups.util.ByteArrayDataInputStream;
import org.jgroups.util.ByteArrayDataOutputStream;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * The Raft log on disk. jgroups-raft brings one, {@code FileBasedLog}, which this does not extend,
 * because what has to differ is private there: it counts an entry as appended before its fsync,
 * prints an {@code IOException} and goes on as if nothing had happened, has no checksums (a torn
 * entry counts), and writes a snapshot without fsync before it shortens the log. Here an entry is
 * appended when its fsync returned, any failure to write ends the process, and each file is
 * replaced whole.
 *
 * <p>Files: {@code entries}; {@code vote} (term and vote); {@code commit} (the commit index, which
 * may lag behind after a power cut and never runs ahead); {@code snapshot}. Locked by itself; any
 * thread.
 */
final class WickLog implements Log {

    private static final System.Logger LOGGER = System.getLogger(WickLog.class.getName());

    private final Path folder;
    private final Halt halt;
    private final EntryFile entries;
    private final RandomAccessFile commit;
    private long term;
    private @Nullable Address vote;
    private long commitIndex;
    private byte @Nullable [] snapshot;

    private WickLog(Path folder, Halt halt) throws IOException {
        this.folder = folder;
        this.halt = halt;
        entries = new EntryFile(folder, halt);
        commit = new RandomAccessFile(folder.resolve("commit").toFile(), "rw");
    }

    /** Opens the log in this folder; what is torn at its end and was never committed is dropped. */
    static WickLog open(Path folder, Halt halt) throws StoreUnusable {
        try {
            Files.createDirectories(folder);
            WickLog log = new WickLog(folder, halt);
            log.readVote();
            log.readCommit();
            log.readSnapshot();
            log.check();
            return log;
        } catch (IOException e) {
            throw new StoreUnusable(
                    "the log in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void check() throws IOException, StoreUnusable {
        String damage = entries.damage();
        long bad = entries.last() + 1;
        if (bad <= commitIndex) {
            throw new StoreUnusable(
                    "entry "
                            + bad
                            + " of the log in "
                            + folder
                            + " "
                            + (damage == null ? "is missing" : damage)
                            + ", and entries up to "
                            + commitIndex
                            + " were committed: the disk lost acknowledged data, restore the"
                            + " folder");
        }
        if (damage != null) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "entry {0} of the log {1}: dropped, it was never acknowledged",
                    bad,
                    damage);
            entries.cutDamage();
        }
    }

    private void readVote() throws IOException {
        byte[] bytes = whole("vote");
        if (bytes == null) {
            return;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        term = in.getLong();
        byte[] address = new byte[in.remaining()];
        in.get(address);
        vote = address.length == 0 ? null : address(address);
    }

    private static Address address(byte[] bytes) throws IOException {
        try {
            return Util.readAddress(new ByteArrayDataInputStream(bytes, 0, bytes.length));
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    private void readCommit() throws IOException {
        if (commit.length() == 16) {
            long index = commit.readLong();
            commitIndex = commit.readLong() == ~index ? index : 0;
        }
    }

    private void readSnapshot() throws IOException {
        byte[] bytes = whole("snapshot");
        if (bytes == null) {
            return;
        }
        long index = ByteBuffer.wrap(bytes).getLong();
        snapshot = new byte[bytes.length - 8];
        System.arraycopy(bytes, 8, snapshot, 0, snapshot.length);
        commitIndex = Math.max(commitIndex, index);
        entries.deleteBefore(index);
    }

    /** The bytes behind the checksum of a small file; null when there is no file. */
    private byte @Nullable [] whole(String name) throws IOException {
        Path path = folder.resolve(name);
        if (!Files.exists(path)) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
        if (bytes.remaining() < 12 || bytes.getInt() != crc(bytes)) {
            throw new IOException(path + " does not match its checksum");
        }
        byte[] rest = new byte[bytes.remaining()];
        bytes.get(rest);
        return rest;
    }

    private void replace(String name, long number, ByteBuffer bytes) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(12 + bytes.remaining());
        all.putInt(0).putLong(number).put(bytes.duplicate()).flip();
        all.putInt(0, crc(all.position(4)));
        Durable.replace(folder, name, all.array(), halt);
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }

    private interface Write {
        void run() throws IOException;
    }

    /** A log that cannot be written must not answer. */
    private void write(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            halt.now("the log in " + folder + " cannot be written", e);
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void init(String name, Map<String, String> arguments) {
        throw new UnsupportedOperationException("opened before it is handed to RAFT");
    }

    @Override
    public Log useFsync(boolean always) {
        return this;
    }

    @Override
    public boolean useFsync() {
        return true;
    }

    @Override
    public synchronized void delete() {
        throw new UnsupportedOperationException("the log is never deleted by the process");
    }

    @Override
    public synchronized long currentTerm() {
        return term;
    }

    @Override
    public synchronized Log currentTerm(long newTerm) {
        term = newTerm;
        write(this::writeVote);
        return this;
    }

    @Override
    public synchronized @Nullable Address votedFor() {
        return vote;
    }

    @Override
    public synchronized Log votedFor(@Nullable Address member) {
        vote = member;
        write(this::writeVote);
        return this;
    }

    private void writeVote() throws IOException {
        ByteArrayDataOutputStream out = new ByteArrayDataOutputStream(64);
        if (vote != null) {
            Util.writeAddress(vote, out);
        }
        replace("vote", term, ByteBuffer.wrap(out.buffer(), 0, out.position()));
    }

    @Override
    public synchronized long commitIndex() {
        return commitIndex;
    }

    @Override
    public synchronized Log commitIndex(long index) {
        if (index != commitIndex) {
            commitIndex = index;
            byte[] bytes = ByteBuffer.allocate(16).putLong(index).putLong(~index).array();
            write(
                    () -> {
                        commit.seek(0);
                        commit.write(bytes);
                    });
        }
        return this;
    }

    @Override
    public synchronized long firstAppended() {
        return entries.firstAppended();
    }

    @Override
    public synchronized long lastAppended() {
        return entries.last();
    }

    @Override
    public synchronized void setSnapshot(ByteBuffer bytes) {
        byte[] state = new byte[bytes.remaining()];
        bytes.duplicate().get(state);
        write(() -> replace("snapshot", commitIndex, ByteBuffer.wrap(state)));
        snapshot = state;
    }

    @Override
    public synchronized @Nullable ByteBuffer getSnapshot() {
        return snapshot == null ? null : ByteBuffer.wrap(snapshot);
    }

    @Override
    public synchronized long append(long index, LogEntries more) {
        write(() -> entries.append(index, more));
        LogEntry last = entries.get(entries.last());
        if (last != null && last.term() != term) {
            currentTerm(last.term());
        }
        return entries.last();
    }

    @Override
    public synchronized @Nullable LogEntry get(long index) {
        return entries.get(index);
    }

    @Override
    public synchronized void truncate(long before) {
        write(() -> entries.deleteBefore(Math.min(before, commitIndex)));
    }

    @Override
    public synchronized void reinitializeTo(long index, LogEntry entry) {
        write(() -> entries.restart(index, entry));
        commitIndex(index);
        if (entry.term() != term) {
            currentTerm(entry.term());
        }
    }

    @Override
    public synchronized void deleteAllEntriesStartingFrom(long index) {
        if (index <= commitIndex) {
            throw new IllegalArgumentException(
                    "entry " + index + " (expected: above the commit index " + commitIndex + ")");
        }
        write(() -> entries.deleteFrom(index));
    }

    @Override
    public synchronized void forEach(ObjLongConsumer<LogEntry> consumer, long from, long to) {
        for (long i = Math.max(1, from); i <= to; i++) {
            LogEntry entry = entries.get(i);
            if (entry != null) {
                consumer.accept(entry, i);
            }
        }
    }

    @Override
    public void forEach(ObjLongConsumer<LogEntry> consumer) {
        forEach(consumer, firstAppended(), lastAppended());
    }

    @Override
    public synchronized long sizeInBytes() {
        return entries.size();
    }

    @Override
    public synchronized void close() {
        try {
            entries.close();
            commit.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
