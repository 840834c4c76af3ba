package dev.wick.gateway.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent of one stream behind its head: parts of a body, and its end. Netty's flow
 * control says when, and how much. Confined to its loop and used for one stream after the other.
 */
public final class Outgoing implements Http2RemoteFlowController.FlowControlled {

    private final Http2ConnectionHandler handler;
    private final FrameWriter writer;
    private final ArrayDeque<ByteBuf> parts = new ArrayDeque<>(4);
    private @Nullable Http2Stream stream;

    /** A part on its way through the flow control, which is to count it. */
    private @Nullable ByteBuf coming;

    private @Nullable Http2Headers trailers;
    private @Nullable ChannelPromise ended;
    private int size;
    private boolean queued;

    public Outgoing(Http2ConnectionHandler handler, FrameWriter writer) {
        this.handler = handler;
        this.writer = writer;
    }

    /** Serves a stream, once the one before it is closed. */
    public void begin(Http2Stream next) {
        stream = next;
        trailers = null;
        ended = null;
    }

    private Http2Stream stream() {
        if (stream == null) {
            throw new IllegalStateException("stream: not begun (expected: an open one)");
        }
        return stream;
    }

    /** Sends a part of the body, of which this becomes the owner. */
    public void body(ByteBuf part) {
        if (part.isReadable() && open()) {
            coming = part;
            enqueue();
        } else {
            part.release();
        }
    }

    private boolean open() {
        Http2Stream.State state = stream().state();
        return state == Http2Stream.State.OPEN || state == Http2Stream.State.HALF_CLOSED_REMOTE;
    }

    /**
     * Sends the end.
     *
     * @param last null, or empty, where there are no trailers; the stream's own, which may have to
     *     wait
     * @param promise kept once all is written, or already
     */
    public void end(
            ChannelHandlerContext ctx, @Nullable Http2Headers last, ChannelPromise promise) {
        Http2Headers trailing = last == null || last.isEmpty() ? null : last;
        if (!open()) {
            promise.tryFailure(new IllegalStateException("stream: closed"));
        } else if (trailing != null && !queued) {
            handler.encoder().writeHeaders(ctx, stream().id(), trailing, 0, true, promise);
        } else {
            trailers = trailing;
            ended = promise;
            enqueue();
        }
    }

    private void enqueue() {
        if (!queued) {
            queued = true;
            take();
        }
        handler.encoder().flowController().addFlowControlled(stream(), this);
    }

    private void take() {
        ByteBuf part = coming;
        if (part != null) {
            coming = null;
            parts.addLast(part);
            size += part.readableBytes();
        }
    }

    /** Only this itself is ever behind this. */
    @Override
    public boolean merge(ChannelHandlerContext ctx, Http2RemoteFlowController.FlowControlled next) {
        take();
        return true;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void write(ChannelHandlerContext ctx, int allowed) {
        int left = Math.min(size, allowed);
        boolean bare = size == 0 && trailers == null && ended != null;
        while (left > 0 || bare) {
            int length = Math.min(left, writer.maxFrameSize());
            boolean last = length == size && trailers == null && ended != null;
            writer.data(stream().id(), length, last, bare ? ended : null);
            parts(length, last ? ended : null);
            size -= length;
            left -= length;
            bare = false;
        }
        Http2Headers end = trailers;
        if (size == 0 && end != null && ended != null) {
            Throwable refused =
                    writer.writeHeaders(ctx, stream().id(), end, 0, true, ended).cause();
            if (refused == null) {
                stream().headersSent(false);
            } else {
                refused(ctx, refused);
            }
        }
    }

    /** The peer does not take such trailers: the stream ends by a reset, and not by its end. */
    private void refused(ChannelHandlerContext ctx, Throwable cause) {
        ChannelPromise promise = ended;
        ended = null;
        if (promise != null) {
            promise.tryFailure(cause);
        }
        handler.onError(ctx, true, cause);
    }

    /** Adds as much of the parts to the frame. */
    private void parts(int length, @Nullable ChannelPromise promise) {
        int left = length;
        while (left > 0) {
            ByteBuf first = parts.element();
            int readable = first.readableBytes();
            if (readable > left) {
                writer.gathered().add(first.readRetainedSlice(left), promise);
                return;
            }
            parts.remove();
            left -= readable;
            writer.gathered().add(first, left == 0 ? promise : null);
        }
    }

    @Override
    public void writeComplete() {
        queued = false;
        ChannelPromise promise = ended;
        if (promise != null) {
            handler.closeStreamLocal(stream(), promise);
        }
    }

    @Override
    public void error(@Nullable ChannelHandlerContext ctx, Throwable cause) {
        queued = false;
        size = 0;
        take();
        size = 0;
        for (ByteBuf part = parts.poll(); part != null; part = parts.poll()) {
            part.release();
        }
        if (ended != null) {
            ended.tryFailure(cause);
        }
        if (ctx != null && stream().state() != Http2Stream.State.CLOSED) {
            handler.onError(ctx, true, cause);
        }
    }
}
