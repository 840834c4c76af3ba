package dev.wick.store.keep.raft;

import dev.wick.store.keep.Halt;
import dev.wick.store.keep.Log;
import dev.wick.store.keep.Machine;
import dev.wick.store.keep.StoreUnusable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jgroups.JChannel;
import org.jgroups.protocols.SHARED_LOOPBACK;
import org.jgroups.protocols.SHARED_LOOPBACK_PING;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.protocols.raft.ELECTION;
import org.jgroups.protocols.raft.NO_DUPES;
import org.jgroups.protocols.raft.RAFT;
import org.jgroups.protocols.raft.REDIRECT;
import org.jgroups.protocols.raft.Role;
import org.jgroups.raft.RaftHandle;
import org.jgroups.raft.StateMachine;

/**
 * The log by jgroups-raft: a group of one over a transport within the process, so that no socket is
 * opened. Entries that wait are written together and share an fsync.
 */
final class RaftLog implements Log {

    private static final String MEMBER = "store";
    private static final long ELECTION_SECONDS = 20;

    private final JChannel channel;
    private final RaftHandle raft;

    private RaftLog(JChannel channel, RaftHandle raft) {
        this.channel = channel;
        this.raft = raft;
    }

    /** The folder's path names the group: folders in one process never meet. */
    static RaftLog open(Path folder, Machine machine, Halt halt) throws StoreUnusable {
        WickLog files = WickLog.open(folder, halt);
        Driver driver = new Driver(machine, halt);
        JChannel channel = null;
        try {
            RAFT protocol = new RAFT();
            protocol.members(List.of(MEMBER)).raftId(MEMBER).log(files).maxLogCacheSize(0);
            protocol.maxLogSize(4_000_000);
            channel =
                    new JChannel(
                                    new SHARED_LOOPBACK(),
                                    new SHARED_LOOPBACK_PING(),
                                    new NAKACK2(),
                                    new UNICAST3(),
                                    new STABLE().setMaxBytes(1_000_000),
                                    new NO_DUPES(),
                                    new GMS().printLocalAddress(false),
                                    new ELECTION().voteTimeout(100),
                                    protocol,
                                    new REDIRECT())
                            .name(MEMBER);
            RaftHandle raft = new RaftHandle(channel, driver);
            CountDownLatch elected = new CountDownLatch(1);
            raft.addRoleListener(
                    role -> {
                        if (role == Role.Leader) {
                            elected.countDown();
                        }
                    });
            channel.connect(folder.toRealPath().toString());
            if (!elected.await(ELECTION_SECONDS, TimeUnit.SECONDS)) {
                throw new StoreUnusable("the log in " + folder + " elects no leader");
            }
            return new RaftLog(channel, raft);
        } catch (Exception e) {
            if (channel == null) {
                files.close();
            } else {
                channel.close();
            }
            throw unusable(folder, e);
        }
    }

    private static StoreUnusable unusable(Path folder, Exception failure) {
        if (failure instanceof StoreUnusable unusable) {
            return unusable;
        }
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new StoreUnusable(
                "the log in " + folder + " cannot be read: " + cause.getMessage(), failure);
    }

    @Override
    public CompletableFuture<byte[]> propose(byte[] entry) {
        try {
            return raft.setAsync(entry, 0, entry.length);
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void close() {
        channel.close();
    }

    /**
     * RAFT drops what a state machine throws and goes on behind it; a machine that missed an entry
     * must not go on.
     */
    private static final class Driver implements StateMachine {

        private final Machine machine;
        private final Halt halt;
        private final Thread opener = Thread.currentThread();

        private Driver(Machine machine, Halt halt) {
            this.machine = machine;
            this.halt = halt;
        }

        @Override
        public byte[] apply(byte[] data, int offset, int length, boolean answer) {
            try {
                return machine.apply(Arrays.copyOfRange(data, offset, offset + length));
            } catch (RuntimeException | Error e) {
                if (Thread.currentThread() != opener) {
                    halt.now("an entry of the log cannot be applied", e);
                }
                throw e;
            }
        }

        @Override
        public void readContentFrom(DataInput in) throws IOException {
            byte[] state = new byte[in.readInt()];
            in.readFully(state);
            machine.load(state);
        }

        @Override
        public void writeContentTo(DataOutput out) throws IOException {
            byte[] state = machine.save();
            out.writeInt(state.length);
            out.write(state);
        }
    }
}
