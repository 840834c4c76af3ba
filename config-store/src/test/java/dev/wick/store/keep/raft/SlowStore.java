package dev.wick.store.keep.raft;

import dev.wick.store.keep.Halt;
import dev.wick.store.keep.Indexer;
import dev.wick.store.keep.Keep;
import dev.wick.store.keep.KeepSettings;
import dev.wick.store.keep.Log;
import dev.wick.store.keep.MapBlocks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * For tests: a real store, behind a way to its log that can be cut off. After its patience it says
 * that it does not know what became of a commit. Any thread.
 */
public final class SlowStore {

    private final Keep keep;
    private SlowLog log;

    public SlowStore(Path folder, Indexer indexer, Duration patience) throws Exception {
        Halt halt = Halt.process();
        FolderLock lock = FolderLock.take(Files.createDirectories(folder));
        keep =
                Keep.open(
                        new Keep.Parts(
                                (machine, onFailure) -> {
                                    Path place = folder.resolve("log");
                                    log = new SlowLog(RaftLog.open(place, machine, onFailure));
                                    return log;
                                },
                                new BundleFiles(folder.resolve("bundles"), halt),
                                new MapBlocks(),
                                indexer,
                                KeepSettings.defaults().withCommitPatience(patience),
                                halt,
                                new FolderOrigin(folder, halt),
                                lock));
    }

    public Keep keep() {
        return keep;
    }

    /** What is proposed from now on waits. */
    public void holdBack() {
        log.holdBack(false);
    }

    /** The next entry waits, however often it is proposed, until another one comes. */
    public void holdBackOne() {
        log.holdBack(true);
    }

    /** What was held back arrives now, all of it. */
    public void letGo() {
        log.letGo();
    }

    public void lose() {
        log.lose();
    }

    private static final class SlowLog implements Log {

        private final Log log;
        private final List<byte[]> held = new ArrayList<>();
        private boolean holding;
        private boolean oneAlone;

        SlowLog(Log log) {
            this.log = log;
        }

        synchronized void holdBack(boolean one) {
            holding = true;
            oneAlone = one;
        }

        synchronized void letGo() {
            holding = false;
            held.forEach(log::propose);
            held.clear();
        }

        synchronized void lose() {
            holding = false;
            held.clear();
        }

        @Override
        public synchronized CompletableFuture<byte[]> propose(byte[] entry) {
            if (holding && oneAlone && !held.isEmpty() && !Arrays.equals(held.getFirst(), entry)) {
                letGo();
            }
            if (holding) {
                held.add(entry);
                return new CompletableFuture<>();
            }
            return log.propose(entry);
        }

        @Override
        public void close() {
            log.close();
        }
    }
}
