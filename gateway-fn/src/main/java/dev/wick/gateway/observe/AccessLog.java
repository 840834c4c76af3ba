package dev.wick.gateway.observe;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The access log: one line for each finished exchange, in Envoy's default format, to a file or to
 * standard output.
 *
 * <p>Event loops write lines into blocks of memory, each loop into its own; one background thread
 * carries the blocks to their destination, at the latest {@value #INTERVAL_MILLIS} ms after a line.
 * A destination that is too slow never holds up a request: lines for which there is no room are
 * dropped, and counted.
 */
public final class AccessLog implements AutoCloseable {

    private static final int INTERVAL_MILLIS = 250;
    private static final long CLOSE_MILLIS = 2_000;

    private final @Nullable Path file;
    private final LogBlocks[] blocks;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer;
    private OutputStream out;
    private volatile boolean reopen;
    private volatile boolean closed;
    private volatile boolean waiting;

    private AccessLog(@Nullable Path file, OutputStream out, int loops) {
        this.file = file;
        this.out = out;
        this.blocks = new LogBlocks[loops];
        for (int i = 0; i < loops; i++) {
            blocks[i] = new LogBlocks();
        }
        this.writer = new Thread(this::carry, "access-log");
        writer.setDaemon(true);
        writer.start();
    }

    /** Appends to a file. */
    public static AccessLog to(Path file, int loops) throws IOException {
        return new AccessLog(file, new FileOutputStream(file.toFile(), true), loops);
    }

    /** Writes to standard output. */
    public static AccessLog toStandardOutput(int loops) {
        return new AccessLog(null, new FileOutputStream(FileDescriptor.out), loops);
    }

    /** Writes a line, on loop {@code loop}. */
    public void append(int loop, FinishedExchange finished) {
        int outcome = blocks[loop].append(finished);
        if (outcome == LogBlocks.NO_ROOM) {
            dropped.incrementAndGet();
        } else if (outcome == LogBlocks.FILLED || (outcome == LogBlocks.FIRST && waiting)) {
            LockSupport.unpark(writer);
        }
    }

    /** Lines that could not be written. */
    public long dropped() {
        return dropped.get();
    }

    /** Bytes written to the destination. */
    public long bytesWritten() {
        return written.get();
    }

    /** Opens the file again, as after it was renamed. Any thread; happens before the next write. */
    public void reopen() {
        reopen = true;
    }

    /** Writes what is left, within two seconds. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        LockSupport.unpark(writer);
        writer.join(CLOSE_MILLIS);
    }

    private void carry() {
        while (true) {
            boolean last = closed;
            boolean any = false;
            for (LogBlocks each : blocks) {
                any |= carry(each);
            }
            if (last) {
                finish();
                return;
            }
            pause(any);
        }
    }

    /** Sleeps until there is a line; then lets more lines come. */
    private void pause(boolean any) {
        if (!any) {
            waiting = true;
            if (allEmpty() && !closed) {
                LockSupport.park(this);
            }
            waiting = false;
        }
        if (!closed) {
            LockSupport.parkNanos(this, INTERVAL_MILLIS * 1_000_000L);
        }
    }

    private boolean allEmpty() {
        for (LogBlocks each : blocks) {
            if (!each.empty()) {
                return false;
            }
        }
        return true;
    }

    private boolean carry(LogBlocks from) {
        boolean any = false;
        LogBlocks.Block block = from.take();
        while (block != null) {
            any = true;
            write(block);
            from.giveBack(block);
            block = from.take();
        }
        return any;
    }

    private void write(LogBlocks.Block block) {
        try {
            openAgain();
            out.write(block.bytes, 0, block.length);
            written.addAndGet(block.length);
        } catch (IOException e) {
            dropped.addAndGet(block.lines);
        }
    }

    /** Where the file cannot be opened now, the old one is written to, and it is tried again. */
    private void openAgain() throws IOException {
        if (!reopen || file == null) {
            return;
        }
        OutputStream old = out;
        try {
            out = new FileOutputStream(file.toFile(), true);
        } catch (IOException e) {
            return;
        }
        reopen = false;
        old.close();
    }

    private void finish() {
        if (file != null) {
            try {
                out.close();
            } catch (IOException e) {
                // Each write has gone to the kernel already: there is nothing left to lose.
                return;
            }
        }
    }
}
