package dev.wick.gateway.upstream;

import dev.wick.gateway.codec.BodyReader;
import dev.wick.gateway.codec.BodyWriter;
import dev.wick.gateway.codec.HeadWriter;
import dev.wick.gateway.codec.ResponseParser;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.http.Headers;
import dev.wick.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A connection in HTTP/1.1; carries one request after the other. Confined to its loop. */
final class Http1Connection extends SerialConnection implements BodyWriter.Sink {

    private final ResponseParser parser;

    /** The answer that is being read. */
    private ResponseHead head = new ResponseHead();

    /** Of the answer before it, whose exchange may have its last word yet to say. */
    private ResponseHead before = new ResponseHead();

    private final BodyWriter writer = new BodyWriter();
    private final HeadWriter headWriter;

    private boolean sent;
    private boolean heard;
    private boolean inHead;
    private boolean inBody;
    private boolean broken;

    Http1Connection(Pool pool, ConnectionSettings settings) {
        super(pool, settings);
        this.parser = new ResponseParser(loop.workbench());
        parser.names(settings.names());
        headWriter =
                settings.names().properByItself()
                        ? new HeadWriter(loop.workbench(), true)
                        : loop.headWriter();
    }

    @Override
    int room() {
        return !busy() && !draining() && open() ? 1 : 0;
    }

    @Override
    void carry(Stream next) {
        attach(next);
        sent = false;
        heard = false;
        inHead = false;
        inBody = false;
        ResponseHead last = head;
        head = before;
        before = last;
        head.headers().clear();
        parser.upgrade(next.head().upgrade());
        ChannelHandlerContext out = context();
        write(headWriter.request(out.alloc(), next.head(), writer, next.bodyless()), out);
        next.on(this);
    }

    /** The sink of {@link BodyWriter}; the stream calls {@link #send}. */
    @Override
    public void write(ByteBuf bytes) {
        write(bytes, context());
    }

    @Override
    public boolean send(ByteBuf data) {
        if (!writer.write(data, context().alloc(), this)) {
            overrun("request body: longer than its content-length");
            return true;
        }
        return channel().isWritable();
    }

    @Override
    public void endRequest(@Nullable Headers trailers) {
        if (parser.tunnel()) {
            endTunnel();
        } else if (!writer.end(settings.http1Trailers() ? trailers : null, this)) {
            overrun("request body: shorter than its content-length");
        }
    }

    /** What follows on this connection would be taken for something else: nothing may. */
    private void overrun(String why) {
        Stream current = stream();
        if (current != null) {
            detach();
            close();
            current.failLater(UpstreamFailure.PROTOCOL_ERROR, why);
        }
    }

    @Override
    public void flush() {
        sent = true;
        super.flush();
    }

    @Override
    void received(ByteBuf in) {
        try {
            read(in);
        } finally {
            in.release();
        }
    }

    private void read(ByteBuf in) {
        while (in.isReadable()) {
            Stream current = stream();
            if (current == null || !sent) {
                // Nothing was asked yet that this could answer.
                close();
                return;
            }
            heard = true;
            if (inBody) {
                readBody(in, current);
            } else {
                readHead(in, current);
            }
            if (inBody && stream() == current && parser.body().done()) {
                complete(current, in.isReadable());
                return;
            }
        }
    }

    private void readHead(ByteBuf in, Stream current) {
        boolean toHead = current.head().method().equals("HEAD");
        inHead = !parser.parse(in, head, toHead);
        if (inHead) {
            if (parser.refusal() != null) {
                refuse(current, parser.refusal().detail());
            }
        } else if (parser.tunnel()) {
            inBody = true;
            channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
            current.answered(head);
        } else if (head.status() == 101) {
            refuse(current, "http1.unexpected_upgrade");
        } else if (head.status() < 200) {
            current.informational(head);
            head.headers().clear();
        } else {
            inBody = true;
            current.answered(head);
        }
    }

    private void readBody(ByteBuf in, Stream current) {
        BodyReader body = parser.body();
        ByteBuf part = body.read(in);
        if (part != null) {
            current.body(part);
        } else if (body.refusal() != null) {
            refuse(current, body.refusal().detail());
        }
    }

    private void refuse(Stream current, String detail) {
        metrics.count(index, ClusterMetrics.CX_PROTOCOL_ERROR);
        if (stream() == current) {
            detach();
            close();
            current.fail(UpstreamFailure.PROTOCOL_ERROR, detail);
        }
    }

    private void complete(Stream current, boolean more) {
        detach();
        Headers trailers = settings.http1Trailers() ? parser.body().trailers() : null;
        read(true);
        if (!parser.keepAlive()) {
            metrics.count(index, ClusterMetrics.CX_CLOSE_NOTIFY);
        }
        if (current.ended() && !more && parser.keepAlive() && open()) {
            pool.freed(this);
        } else {
            close();
        }
        current.complete(trailers);
    }

    @Override
    void lost(Stream current) {
        if (inBody && parser.body().endsWithConnection() && !broken) {
            current.complete(null);
        } else if (inHead && !broken) {
            metrics.count(index, ClusterMetrics.CX_PROTOCOL_ERROR);
            current.fail(UpstreamFailure.PROTOCOL_ERROR, "http1.head_cut_short");
        } else if (heard || !used() || !current.sendAgain()) {
            current.fail(UpstreamFailure.CONNECTION_TERMINATION, "connection_termination");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        broken = true;
        // A host that has its answer ready may stop taking the body: the answer is read first.
        // Where reading fails, Netty closes.
        if (!(cause instanceof IOException)) {
            Errors.caught(cause);
            from.close();
        }
    }
}
