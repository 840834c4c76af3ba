package dev.wick.gateway.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Exception.HeaderListSizeException;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Writes heads and bodies straight to what is {@link Gathered}; other frames are Netty's. Confined
 * to its loop.
 *
 * <p>A promise that is kept already is as good as any where nobody waits for the octets to be
 * taken: a stream is over for us once its last frame was gathered.
 */
public final class FrameWriter extends DefaultHttp2FrameWriter {

    private static final byte[] NONE = {};
    private static final int FRAME_HEADER = 9;
    private static final int ROOM_FOR_FIELDS = 1_024;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private final Http2HeadersEncoder encoder;
    private final Gathered gathered;

    /** Updates of the table's size whose head was refused: they go before the next one's fields. */
    private byte[] updates = NONE;

    private FrameWriter(Http2HeadersEncoder encoder, Gathered gathered) {
        super(encoder);
        this.encoder = encoder;
        this.gathered = gathered;
    }

    public static FrameWriter to(Gathered gathered) {
        return new FrameWriter(new DefaultHttp2HeadersEncoder(), gathered);
    }

    /** Where it writes to. */
    public Gathered gathered() {
        return gathered;
    }

    @Override
    public ChannelFuture writeHeaders(
            ChannelHandlerContext ctx,
            int stream,
            Http2Headers headers,
            int padding,
            boolean end,
            ChannelPromise promise) {
        assert padding == 0;
        ByteBuf to = gathered.room(ROOM_FOR_FIELDS);
        int start = to.writerIndex();
        int fields = start + FRAME_HEADER;
        to.writerIndex(fields).writeBytes(updates);
        try {
            encoder.encodeHeaders(stream, headers, to);
            updates = NONE;
        } catch (Http2Exception e) {
            // What is too large is refused before its first field is written; else all ends.
            boolean clean = e instanceof HeaderListSizeException;
            updates = clean ? ByteBufUtil.getBytes(to, fields, to.writerIndex() - fields) : NONE;
            to.writerIndex(start);
            return ctx.newFailedFuture(e);
        }
        int length = to.writerIndex() - fields;
        int flags = end ? END_STREAM : 0;
        if (length <= maxFrameSize()) {
            to.writerIndex(start);
            header(to, length, HEADERS, flags | END_HEADERS, stream);
            to.writerIndex(fields + length);
        } else {
            ByteBuf block = to.copy(fields, length);
            to.writerIndex(start);
            split(to, block, flags, stream);
            block.release();
        }
        gathered.wrote(promise);
        return promise;
    }

    private void split(ByteBuf to, ByteBuf block, int firstFlags, int stream) {
        int type = HEADERS;
        int flags = firstFlags;
        while (block.isReadable()) {
            int length = Math.min(block.readableBytes(), maxFrameSize());
            boolean last = length == block.readableBytes();
            header(to, length, type, last ? flags | END_HEADERS : flags, stream);
            to.writeBytes(block, length);
            type = CONTINUATION;
            flags = 0;
        }
    }

    /** Begins a frame of a body, whose parts follow; {@code promise} is of one that has none. */
    void data(int stream, int length, boolean end, @Nullable ChannelPromise promise) {
        ByteBuf to = gathered.room(FRAME_HEADER);
        header(to, length, DATA, end ? END_STREAM : 0, stream);
        if (promise != null) {
            gathered.wrote(promise);
        }
    }

    private static void header(ByteBuf to, int length, int type, int flags, int stream) {
        to.writeMedium(length);
        to.writeByte(type);
        to.writeByte(flags);
        to.writeInt(stream);
    }
}
