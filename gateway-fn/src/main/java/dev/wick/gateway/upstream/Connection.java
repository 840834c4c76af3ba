package dev.wick.gateway.upstream;

import dev.wick.gateway.client.Deadline;
import dev.wick.gateway.client.Loop;
import dev.wick.gateway.codec.BodyReader;
import dev.wick.gateway.codec.BodyWriter;
import dev.wick.gateway.codec.ResponseParser;
import dev.wick.gateway.observe.ClusterMetrics;
import dev.wick.gateway.observe.MetricSet;
import dev.wick.http.ResponseHead;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection to a host; carries one request after the other. Confined to its loop. */
final class Connection extends ChannelInboundHandlerAdapter
        implements Loop.Flushing, BodyWriter.Sink {

    private final Pool pool;
    private final Loop loop;
    private final MetricSet metrics;
    private final int index;
    private final ResponseParser parser;
    private final ResponseHead head = new ResponseHead();
    private final BodyWriter writer = new BodyWriter();
    private final long idleMillis;
    private final long madeNanos = System.nanoTime();

    private @Nullable ChannelHandlerContext context;
    private @Nullable Stream stream;
    private @Nullable Idle idle;
    private long restingSinceNanos;
    private boolean used;
    private boolean sent;
    private boolean heard;
    private boolean inBody;
    private boolean broken;
    private boolean hostEnded;
    private boolean flushAsked;
    private boolean reading = true;

    Connection(Pool pool) {
        this.pool = pool;
        this.loop = pool.onLoop().loop();
        this.index = loop.index();
        this.metrics = pool.cluster().metrics();
        this.idleMillis = pool.cluster().idleMillis();
        this.parser = new ResponseParser(loop.workbench());
    }

    void connect(Class<? extends Channel> channelType, long timeoutMillis) {
        new Bootstrap()
                .group(loop.eventLoop())
                .channel(channelType)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeoutMillis)
                .option(ChannelOption.AUTO_CLOSE, false)
                .handler(this)
                .connect(pool.host().address())
                .addListener(
                        connected -> {
                            if (!connected.isSuccess()) {
                                notConnected(connected.cause());
                            }
                        });
    }

    private void notConnected(@Nullable Throwable cause) {
        if (cause instanceof ConnectTimeoutException) {
            pool.connectFailed(true, "connection timeout");
        } else {
            pool.connectFailed(false, Errors.connecting(cause));
        }
    }

    private ChannelHandlerContext context() {
        ChannelHandlerContext added = context;
        if (added == null) {
            throw new IllegalStateException("connection: not made (expected: an open one)");
        }
        return added;
    }

    private Channel channel() {
        return context().channel();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelActive(ChannelHandlerContext connected) {
        long nanos = System.nanoTime() - madeNanos;
        metrics.record(index, ClusterMetrics.CX_CONNECT_MS, TimeUnit.NANOSECONDS.toMillis(nanos));
        pool.connected(this);
    }

    boolean open() {
        return channel().isActive();
    }

    void close() {
        channel().close();
    }

    /** It has nothing to carry from now on. */
    void rest() {
        restingSinceNanos = System.nanoTime();
        if (idle == null) {
            idle = new Idle();
            loop.arm(idle, idleMillis);
        }
    }

    /** Sends the request, which is not done. */
    void carry(Stream next) {
        stream = next;
        sent = false;
        heard = false;
        inBody = false;
        head.headers().clear();
        parser.upgrade(next.head().upgrade());
        ChannelHandlerContext out = context();
        write(loop.headWriter().request(out.alloc(), next.head(), writer, next.bodyless()), out);
        next.on(this);
    }

    private void write(ByteBuf bytes, ChannelHandlerContext out) {
        metrics.count(index, ClusterMetrics.CX_TX_BYTES, bytes.readableBytes());
        out.write(bytes, out.voidPromise());
        if (!flushAsked) {
            flushAsked = true;
            loop.flushLater(this);
        }
    }

    /** The sink of {@link BodyWriter}; the stream calls {@link #send}. */
    @Override
    public void write(ByteBuf bytes) {
        write(bytes, context());
    }

    /** Sends a part of the body; returns false where the host is slow to take it. */
    boolean send(ByteBuf data) {
        if (!writer.write(data, context().alloc(), this)) {
            overrun("request body: longer than its content-length");
            return true;
        }
        return channel().isWritable();
    }

    void endRequest() {
        if (parser.tunnel()) {
            endTunnel();
        } else if (!writer.end(null, this)) {
            overrun("request body: shorter than its content-length");
        }
    }

    /** The client has sent all that it will: so is the host told, or it is over. */
    private void endTunnel() {
        Stream current = stream;
        if (current != null && hostEnded) {
            complete(current, false);
        } else {
            context()
                    .writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(written -> ((DuplexChannel) channel()).shutdownOutput());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext from, Object event) {
        Stream current = stream;
        if (!(event instanceof ChannelInputShutdownEvent) || current == null) {
            return;
        }
        hostEnded = true;
        if (current.ended()) {
            complete(current, false);
        } else {
            current.hostEnded();
        }
    }

    /** What follows on this connection would be taken for something else: nothing may. */
    private void overrun(String why) {
        Stream current = stream;
        if (current != null) {
            detach();
            close();
            current.failLater(UpstreamFailure.PROTOCOL_ERROR, why);
        }
    }

    @Override
    public void flush() {
        flushAsked = false;
        sent = true;
        context().flush();
    }

    /** Reads on, or not, from the host. */
    void read(boolean on) {
        if (reading != on) {
            reading = on;
            channel().config().setAutoRead(on);
        }
    }

    /** The exchange wants no more of it. */
    void abort() {
        if (stream != null) {
            detach();
            metrics.count(index, ClusterMetrics.RQ_TX_RESET);
            close();
        }
    }

    private void detach() {
        if (stream != null) {
            stream = null;
            pool.detached();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        loop.beginBatch();
        ByteBuf in = (ByteBuf) message;
        metrics.count(index, ClusterMetrics.CX_RX_BYTES, in.readableBytes());
        try {
            read(in);
        } finally {
            in.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext from) {
        loop.endBatch();
    }

    private void read(ByteBuf in) {
        while (in.isReadable()) {
            Stream current = stream;
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
            if (inBody && stream == current && parser.body().done()) {
                complete(current, in.isReadable());
                return;
            }
        }
    }

    private void readHead(ByteBuf in, Stream current) {
        boolean toHead = current.head().method().equals("HEAD");
        if (!parser.parse(in, head, toHead)) {
            if (parser.refusal() != null) {
                refuse(current, parser.refusal().detail());
            }
        } else if (parser.tunnel()) {
            inBody = true;
            channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
            metrics.count(index, ClusterMetrics.RQ_XX, head.status());
            current.answered(head);
        } else if (head.status() == 101) {
            refuse(current, "http1.unexpected_upgrade");
        } else if (head.status() < 200) {
            current.informational(head);
            head.headers().clear();
        } else {
            inBody = true;
            metrics.count(index, ClusterMetrics.RQ_XX, head.status());
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
        if (stream == current) {
            detach();
            close();
            current.fail(UpstreamFailure.PROTOCOL_ERROR, detail);
        }
    }

    private void complete(Stream current, boolean more) {
        detach();
        metrics.count(index, ClusterMetrics.RQ_COMPLETED);
        used = true;
        read(true);
        if (current.ended() && !more && parser.keepAlive() && open()) {
            pool.release(this);
        } else {
            close();
        }
        current.complete(parser.body().trailers());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        Stream current = stream;
        if (current != null && changed.channel().isWritable()) {
            current.unblock();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext closed) {
        long nanos = System.nanoTime() - madeNanos;
        metrics.record(index, ClusterMetrics.CX_LENGTH_MS, TimeUnit.NANOSECONDS.toMillis(nanos));
        if (idle != null) {
            idle.disarm();
        }
        Stream current = stream;
        if (current == null) {
            pool.gone(this);
            return;
        }
        metrics.count(index, ClusterMetrics.CX_DESTROY_WITH_ACTIVE_RQ);
        detach();
        pool.gone(this);
        if (inBody && parser.body().endsWithConnection() && !broken) {
            metrics.count(index, ClusterMetrics.RQ_COMPLETED);
            current.complete(null);
        } else if (heard || !used || !current.sendAgain()) {
            current.fail(UpstreamFailure.CONNECTION_TERMINATION, "connection_termination");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        broken = true;
        // A host that has its answer ready may stop taking the body: the answer is read first.
        // Where reading fails, Netty closes.
        if (!(cause instanceof IOException)) {
            from.close();
        }
    }

    /**
     * Looks after a connection that may have nothing to carry; set once, for looking again costs
     * less than setting it each time.
     */
    private final class Idle extends Deadline {

        private static final int STEPS = 60;

        @Override
        protected void expired() {
            long rested = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - restingSinceNanos);
            long left = stream == null ? idleMillis - rested : idleMillis;
            if (left <= 0) {
                metrics.count(index, ClusterMetrics.CX_IDLE_TIMEOUT);
                close();
            } else {
                // In steps, so that connections share their durations.
                long step = Math.max(1, idleMillis / STEPS);
                loop.arm(this, (left + step - 1) / step * step);
            }
        }
    }
}
