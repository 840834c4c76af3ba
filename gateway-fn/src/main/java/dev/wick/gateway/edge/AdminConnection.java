package dev.wick.gateway.edge;

import dev.wick.gateway.client.Loop;
import dev.wick.gateway.codec.BodyWriter;
import dev.wick.gateway.codec.HeadWriter;
import dev.wick.gateway.codec.Refusal;
import dev.wick.gateway.codec.RequestParser;
import dev.wick.http.RequestHead;
import dev.wick.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.ByteArrayOutputStream;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One connection to the admin port: one request at a time, read whole. Confined to its loop. */
final class AdminConnection extends ChannelInboundHandlerAdapter {

    private static final int MOST_BODY = 1024 * 1024;

    /** Octets of an answer for which memory is asked at a time. */
    private static final int MOST_ON_END = 16 * 1024;

    private final Loop loop;
    private final Channel channel;
    private final Executor thread;
    private final Function<AdminRequest, AdminResponse> answers;
    private final RequestParser parser;
    private final HeadWriter writer;
    private final BodyWriter bodyWriter = new BodyWriter();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private RequestHead head = new RequestHead();
    private boolean headRead;
    private boolean answering;
    private boolean closing;
    private @Nullable ByteBuf unread;

    AdminConnection(
            Loop loop,
            Channel channel,
            Executor thread,
            Function<AdminRequest, AdminResponse> answers) {
        this.loop = loop;
        this.channel = channel;
        this.thread = thread;
        this.answers = answers;
        this.parser = new RequestParser(loop.workbench());
        this.writer = new HeadWriter(loop.workbench());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (closing) {
            bytes.release();
            return;
        }
        unread = unread == null ? bytes : Bytes.join(ctx.alloc(), unread, bytes);
        read();
    }

    private void read() {
        ByteBuf bytes = unread;
        if (bytes == null || answering || closing) {
            return;
        }
        if (!headRead) {
            headRead = parser.parse(bytes, head);
        }
        Refusal refusal = headRead ? readBody(bytes) : parser.refusal();
        if (!bytes.isReadable()) {
            bytes.release();
            unread = null;
        }
        if (refusal != null) {
            refuse(refusal.status());
        } else if (body.size() > MOST_BODY) {
            refuse(413);
        } else if (headRead && parser.body().done()) {
            ask();
        }
    }

    private @Nullable Refusal readBody(ByteBuf bytes) {
        ByteBuf data = parser.body().read(bytes);
        while (data != null) {
            byte[] copy = new byte[data.readableBytes()];
            data.readBytes(copy);
            data.release();
            body.write(copy, 0, copy.length);
            data = body.size() > MOST_BODY ? null : parser.body().read(bytes);
        }
        return parser.body().refusal();
    }

    private void refuse(int status) {
        closing = true;
        respond(AdminResponse.text(status, ""), false);
    }

    private void ask() {
        answering = true;
        channel.config().setAutoRead(false);
        AdminRequest request = AdminRequest.of(head.method(), head.path(), body.toByteArray());
        try {
            thread.execute(() -> answer(request));
        } catch (RejectedExecutionException e) {
            answered(AdminResponse.text(503, "too many requests are waiting\n"));
        }
    }

    /** On the admin thread. */
    private void answer(AdminRequest request) {
        try {
            AdminResponse response = made(request);
            loop.execute(() -> answered(response));
        } catch (OutOfMemoryError e) {
            channel.close();
            Faults.caught(e);
        }
    }

    private AdminResponse made(AdminRequest request) {
        try {
            return answers.apply(request);
        } catch (RuntimeException e) {
            System.getLogger("dev.wick.gateway.edge")
                    .log(Level.ERROR, "admin request " + request.path(), e);
            return AdminResponse.text(500, "internal error\n");
        }
    }

    /** What cannot be answered for want of memory ends with its connection: nobody waits for it. */
    private void answered(AdminResponse response) {
        try {
            answer(response);
        } catch (OutOfMemoryError e) {
            channel.close();
            Faults.caught(e);
        }
    }

    private void answer(AdminResponse response) {
        answering = false;
        boolean keepAlive = parser.keepAlive();
        closing = !keepAlive;
        respond(response, keepAlive);
        if (keepAlive && channel.isActive()) {
            head = new RequestHead();
            headRead = false;
            body.reset();
            channel.config().setAutoRead(true);
            read();
        }
    }

    private void respond(AdminResponse response, boolean keepAlive) {
        ResponseHead answer = new ResponseHead(response.status());
        answer.headers().add("content-type", response.contentType());
        answer.headers().add("content-length", Integer.toString(response.body().length));
        answer.headers().add("cache-control", "no-cache, max-age=0");
        answer.headers().add("x-content-type-options", "nosniff");
        response.headers().forEach(answer.headers()::set);
        boolean toHead = head.method().equals("HEAD");
        send(
                writer.response(
                        channel.alloc(),
                        answer,
                        bodyWriter,
                        false,
                        toHead,
                        headRead ? parser.minorVersion() : 1,
                        keepAlive));
        if (!toHead) {
            // What is written is copied out of the heap, where there may not be room for a page on
            // end while memory is short: when it is looked at most.
            ByteBuf content = Unpooled.wrappedBuffer(response.body());
            while (content.isReadable()) {
                int octets = Math.min(MOST_ON_END, content.readableBytes());
                send(content.readRetainedSlice(octets));
            }
            content.release();
        }
        if (keepAlive) {
            channel.flush();
        } else {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void send(ByteBuf bytes) {
        channel.write(bytes).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closing = true;
        if (unread != null) {
            unread.release();
            unread = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Faults.caught(cause);
        channel.close();
    }
}
