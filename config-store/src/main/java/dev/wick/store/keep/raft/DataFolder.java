package dev.wick.store.keep.raft;

import dev.wick.store.keep.Blocks;
import dev.wick.store.keep.Halt;
import dev.wick.store.keep.Indexer;
import dev.wick.store.keep.Keep;
import dev.wick.store.keep.KeepSettings;
import dev.wick.store.keep.StoreUnusable;
import dev.wick.store.keep.UnknownFormat;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds all of a store: {@code lock}, {@code origin}, {@code log/}, {@code
 * bundles/}.
 */
public final class DataFolder {

    private DataFolder() {}

    /**
     * Locks the folder (made when it is not there), reads its log and builds the views. A failed
     * fsync ends the process from now on.
     *
     * @param blocks closed with the result
     * @throws StoreUnusable with a sentence for whoever started the store
     */
    public static Keep open(Path folder, KeepSettings settings, Indexer indexer, Blocks blocks)
            throws StoreUnusable {
        return open(folder, settings, indexer, blocks, Halt.process());
    }

    static Keep open(Path folder, KeepSettings settings, Indexer indexer, Blocks blocks, Halt halt)
            throws StoreUnusable {
        FolderLock lock = null;
        try {
            Files.createDirectories(folder);
            lock = FolderLock.take(folder);
            BundleFiles bundles = new BundleFiles(folder.resolve("bundles"), halt);
            Path log = folder.resolve("log");
            return Keep.open(
                    new Keep.Parts(
                            (machine, onFailure) -> RaftLog.open(log, machine, onFailure),
                            bundles,
                            blocks,
                            indexer,
                            settings,
                            halt,
                            new FolderOrigin(folder, halt),
                            lock));
        } catch (StoreUnusable e) {
            release(lock);
            throw e;
        } catch (UnknownFormat e) {
            release(lock);
            throw new StoreUnusable("data folder " + folder + ": " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            release(lock);
            throw new StoreUnusable("data folder " + folder + " cannot be opened: " + reason(e), e);
        }
    }

    private static String reason(Exception e) {
        return switch (e) {
            case FileAlreadyExistsException there ->
                    there.getFile() + " is a file (expected: a folder)";
            case AccessDeniedException denied -> denied.getFile() + " may not be used";
            case NoSuchFileException missing -> missing.getFile() + " cannot be made";
            case FileSystemException other -> String.valueOf(other.getMessage());
            default -> e.toString();
        };
    }

    private static void release(@Nullable FolderLock lock) {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("the data folder's lock cannot be released", e);
        }
    }
}
