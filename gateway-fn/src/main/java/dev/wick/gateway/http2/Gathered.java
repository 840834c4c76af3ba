package dev.wick.gateway.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the frames that a connection writes between two flushes, so that they go out as one piece
 * and not as two for each. Confined to its loop. Stands before Netty's handler.
 *
 * <p>What is large is not copied: it goes out by itself, behind what was gathered until then.
 */
public final class Gathered extends ChannelDuplexHandler {

    private static final int LARGE = 2_048;
    private static final int CHUNK = 8_192;
    private static final int MOST_SPARE = 2;

    private final ArrayDeque<Batch> spare = new ArrayDeque<>(MOST_SPARE);
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf open;
    private Batch batch = new Batch();
    private int waiting;
    private boolean gone;

    /** How many frames were gathered and not taken yet. */
    public int waiting() {
        return waiting;
    }

    /** What the next frame is written to; {@link #wrote} or {@link #add} follows. */
    ByteBuf room(int least) {
        ByteBuf to = open;
        if (to != null && to.writableBytes() < least) {
            send();
            to = null;
        }
        if (to == null) {
            to = context().alloc().buffer(Math.max(CHUNK, least));
            open = to;
        }
        return to;
    }

    /** A frame was written to {@link #room}. Nobody hears of one whose promise is kept already. */
    void wrote(ChannelPromise promise) {
        waiting++;
        batch.frames++;
        if (!promise.isVoid() && !promise.isDone()) {
            batch.promises.add(promise);
        }
        if (gone) {
            send();
        }
    }

    /**
     * Takes a part of a frame, of which this becomes the owner.
     *
     * @param promise of the frame, with its last part
     */
    void add(ByteBuf part, @Nullable ChannelPromise promise) {
        int length = part.readableBytes();
        if (length >= LARGE) {
            send();
            ChannelHandlerContext to = context();
            to.write(part, promise == null || promise.isDone() ? to.voidPromise() : promise);
            return;
        }
        room(length).writeBytes(part);
        part.release();
        if (promise != null) {
            wrote(promise);
        } else if (gone) {
            send();
        }
    }

    private ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("not in a pipeline yet");
        }
        return context;
    }

    private void send() {
        ByteBuf full = open;
        if (full == null || !full.isReadable() && batch.frames == 0) {
            return;
        }
        ChannelHandlerContext to = context();
        ByteBuf piece = full;
        ChannelOutboundBuffer before = to.channel().unsafe().outboundBuffer();
        if (before == null || before.isEmpty()) {
            open = null;
        } else {
            // It may have to wait for long, and for its length is all that it is counted for.
            piece = to.alloc().buffer(full.readableBytes()).writeBytes(full);
            full.clear();
        }
        if (batch.frames == 0) {
            to.write(piece, to.voidPromise());
            return;
        }
        Batch sent = batch;
        Batch used = spare.pollLast();
        batch = used == null ? new Batch() : used;
        to.write(piece).addListener(sent);
    }

    /** Nothing is taken any more. */
    private void end() {
        gone = true;
        send();
        if (open != null) {
            open.release();
            open = null;
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void write(ChannelHandlerContext to, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            add(bytes, promise);
        } else {
            send();
            to.write(message, promise);
        }
    }

    @Override
    public void flush(ChannelHandlerContext to) {
        send();
        to.flush();
    }

    @Override
    public void close(ChannelHandlerContext to, ChannelPromise promise) {
        send();
        to.flush();
        to.close(promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext from) {
        end();
        from.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        end();
    }

    /** The frames of one piece: what becomes of it becomes of them. */
    private final class Batch implements ChannelFutureListener {

        private final ArrayList<ChannelPromise> promises = new ArrayList<>();
        private int frames;

        @Override
        public void operationComplete(ChannelFuture written) {
            waiting -= frames;
            frames = 0;
            Throwable cause = written.cause();
            for (int i = 0; i < promises.size(); i++) {
                if (cause == null) {
                    promises.get(i).trySuccess();
                } else {
                    promises.get(i).tryFailure(cause);
                }
            }
            promises.clear();
            if (spare.size() < MOST_SPARE) {
                spare.addLast(this);
            }
        }
    }
}
