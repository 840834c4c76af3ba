package dev.wick.gateway.client;

import dev.wick.gateway.codec.BodyReader;
import dev.wick.gateway.codec.BodyWriter;
import dev.wick.gateway.codec.ResponseParser;
import dev.wick.http.RequestHead;
import dev.wick.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/** A connection of the client; carries one call at a time. Confined to its loop. */
final class ClientConnection extends ChannelInboundHandlerAdapter {

    private final ClientPool pool;
    private final Loop loop;
    private final Channel channel;
    private final ResponseParser parser;
    private final ResponseHead head = new ResponseHead();
    private @Nullable ClientCall call;
    private boolean used;
    private boolean inBody;

    ClientConnection(ClientPool pool, Loop loop, Channel channel) {
        this.pool = pool;
        this.loop = loop;
        this.channel = channel;
        this.parser = new ResponseParser(loop.workbench());
    }

    boolean open() {
        return channel.isActive();
    }

    void send(ClientCall call) {
        this.call = call;
        call.on(this::abandon);
        inBody = false;
        head.headers().clear();
        ClientRequest request = call.request;
        BodyWriter framing = new BodyWriter();
        boolean empty = request.body().length == 0;
        ByteBuf bytes =
                loop.headWriter().request(channel.alloc(), requestHead(request), framing, empty);
        channel.write(bytes, channel.voidPromise());
        if (!empty) {
            channel.write(Unpooled.wrappedBuffer(request.body()), channel.voidPromise());
        }
        channel.flush();
    }

    private RequestHead requestHead(ClientRequest request) {
        RequestHead written = new RequestHead();
        written.method(request.method());
        written.authority(pool.origin().authority());
        written.path(pool.origin().prefix() + request.path());
        for (int i = 0; i < request.headers().size(); i++) {
            written.headers().add(request.headers().name(i), request.headers().value(i));
        }
        if (request.body().length > 0) {
            written.headers().set("content-length", Integer.toString(request.body().length));
        }
        return written;
    }

    /** Nobody waits for the rest of the answer. */
    void abandon() {
        call = null;
        channel.close();
    }

    void close() {
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        loop.beginBatch();
        ByteBuf in = (ByteBuf) message;
        try {
            read(in);
        } finally {
            in.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        loop.endBatch();
    }

    private void read(ByteBuf in) {
        while (in.isReadable()) {
            ClientCall current = call;
            if (current == null) {
                channel.close();
                return;
            }
            if (!inBody) {
                readHead(in, current);
            } else {
                readBody(in, current);
            }
            if (call == current && inBody && parser.body().done()) {
                complete(current, in.isReadable());
                return;
            }
        }
    }

    private void readHead(ByteBuf in, ClientCall current) {
        if (parser.parse(in, head, current.request.method().equals("HEAD"))) {
            if (head.status() < 200) {
                head.headers().clear();
            } else {
                inBody = true;
                current.head(head);
            }
        } else if (parser.refusal() != null) {
            current.stop("answer: " + parser.refusal() + " (expected: HTTP/1.1)");
        }
    }

    private void readBody(ByteBuf in, ClientCall current) {
        BodyReader body = parser.body();
        ByteBuf part = body.read(in);
        if (part != null) {
            current.body(part);
        } else if (body.refusal() != null) {
            current.stop("answer: " + body.refusal() + " (expected: HTTP/1.1)");
        }
    }

    private void complete(ClientCall current, boolean more) {
        call = null;
        used = true;
        if (parser.keepAlive() && !more) {
            pool.keep(this);
        } else {
            channel.close();
        }
        current.complete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        pool.gone(this);
        ClientCall current = call;
        call = null;
        if (current == null) {
            return;
        }
        if (inBody && parser.body().endsWithConnection()) {
            current.complete();
        } else if (used && !inBody && !parser.started() && current.sendAgain()) {
            pool.connect(current);
        } else {
            current.fail("connection: closed before the answer was complete");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ClientCall current = call;
        if (current == null || used) {
            channel.close();
        } else {
            current.stop("connection: " + cause.getMessage());
        }
    }
}
