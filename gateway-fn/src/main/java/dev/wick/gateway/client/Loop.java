package dev.wick.gateway.client;

import dev.wick.gateway.codec.HeadWriter;
import dev.wick.gateway.codec.Workbench;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * One event loop, for packages that may not see channels: everything of an exchange happens on the
 * loop of its connection. {@link #execute}, {@link #run}, {@link #inLoop} and {@link #index} may be
 * called from any thread, all else on the loop only.
 */
public final class Loop implements Executor {

    private final int index;
    private final EventLoop eventLoop;
    private final Deadlines deadlines;
    private final Workbench workbench = new Workbench();
    private final HeadWriter headWriter = new HeadWriter(workbench);
    private final ArrayList<Flushing> flushing = new ArrayList<>();
    private final Runnable flushTask = this::flushAll;
    private boolean inBatch;
    private boolean flushScheduled;

    Loop(int index, EventLoop eventLoop) {
        this.index = index;
        this.eventLoop = eventLoop;
        this.deadlines = new Deadlines(eventLoop);
    }

    /** 0 to {@link Loops#size()} - 1. */
    public int index() {
        return index;
    }

    /** For packages that may see channels. */
    public EventLoop eventLoop() {
        return eventLoop;
    }

    public boolean inLoop() {
        return eventLoop.inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        eventLoop.execute(task);
    }

    /**
     * Runs the task at once where this is the loop, else as soon as it may. For what is told of a
     * connection that is being made: where not even a socket can be, Netty tells so on a thread of
     * its own.
     */
    public void run(Runnable task) {
        if (inLoop()) {
            task.run();
        } else {
            eventLoop.execute(task);
        }
    }

    /**
     * Runs the task once, on this loop, after a delay. For what is rare; requests arm a {@link
     * Deadline}.
     */
    public Timer schedule(long delayMillis, Runnable task) {
        ScheduledFuture<?> future = eventLoop.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    /** Sets the deadline {@code millis} from now; moves it where it was armed already. */
    public void arm(Deadline deadline, long millis) {
        assert inLoop();
        deadlines.arm(deadline, millis, System.nanoTime());
    }

    /** What the parsers and writers of this loop share. */
    public Workbench workbench() {
        return workbench;
    }

    /** Writes heads for all connections of this loop. */
    public HeadWriter headWriter() {
        return headWriter;
    }

    /**
     * A handler begins to read a batch: flushes asked for until {@link #endBatch} wait for it.
     * Called first in {@code channelRead}.
     */
    public void beginBatch() {
        inBatch = true;
    }

    /**
     * The batch has been read: flushes whatever it wrote to. Called last in {@code
     * channelReadComplete}.
     */
    public void endBatch() {
        inBatch = false;
        if (!flushing.isEmpty()) {
            flushAll();
        }
    }

    /**
     * Flushes once at the end of the batch, or of the loop's current turn where nothing is being
     * read. The caller asks once until it has been flushed.
     */
    public void flushLater(Flushing asked) {
        flushing.add(asked);
        if (!inBatch && !flushScheduled) {
            flushScheduled = true;
            eventLoop.execute(flushTask);
        }
    }

    private void flushAll() {
        flushScheduled = false;
        for (int i = 0; i < flushing.size(); i++) {
            flush(flushing.get(i));
        }
        flushing.clear();
    }

    /** A fault in one must not hold up all others, now and with every flush to come. */
    private static void flush(Flushing asked) {
        try {
            asked.flush();
        } catch (RuntimeException fault) {
            System.getLogger("dev.wick.gateway.client").log(Level.ERROR, "a flush", fault);
        }
    }

    /** Something written to, to be flushed at the end of a batch. */
    public interface Flushing {

        /** Flushes; may not fail and may ask for another flush. */
        void flush();
    }
}
