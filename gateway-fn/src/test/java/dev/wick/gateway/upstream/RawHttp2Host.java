package dev.wick.gateway.upstream;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A host on loopback that speaks HTTP/2 and does with each request what a test says. */
public final class RawHttp2Host implements AutoCloseable {

    private final NioEventLoopGroup group = new NioEventLoopGroup(1);
    private final Channel server;
    private final AtomicInteger connections = new AtomicInteger();

    /** Called for each head, and then for each part of a body and for trailers. */
    public RawHttp2Host(Http2Settings settings, Consumer<Call> script) throws Exception {
        server =
                new ServerBootstrap()
                        .group(group)
                        .channel(NioServerSocketChannel.class)
                        .childHandler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        channel.pipeline()
                                                .addLast(
                                                        Http2FrameCodecBuilder.forServer()
                                                                .initialSettings(settings)
                                                                .build(),
                                                        new Frames(
                                                                connections.incrementAndGet(),
                                                                script));
                                    }
                                })
                        .bind("127.0.0.1", 0)
                        .sync()
                        .channel();
    }

    /** With Netty's settings. */
    public RawHttp2Host(Consumer<Call> script) throws Exception {
        this(Http2Settings.defaultSettings(), script);
    }

    public int port() {
        return ((java.net.InetSocketAddress) server.localAddress()).getPort();
    }

    public int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 0, java.util.concurrent.TimeUnit.MILLISECONDS);
    }

    /** One request, as far as it has come. Everything may be called from any thread. */
    public static final class Call {

        /** Which connection it came on, from 1. */
        public final int connection;

        public final Http2Headers head;
        public final StringBuffer body = new StringBuffer();
        public volatile boolean ended;
        public volatile Http2Headers trailers;
        public volatile Http2ResetFrame reset;
        private final ChannelHandlerContext context;
        private final Http2FrameStream stream;

        Call(
                int connection,
                Http2Headers head,
                ChannelHandlerContext context,
                Http2FrameStream stream) {
            this.connection = connection;
            this.head = head;
            this.context = context;
            this.stream = stream;
        }

        public int id() {
            return stream.id();
        }

        public Call head(String status, boolean end, String... fields) {
            Http2Headers headers = new DefaultHttp2Headers().status(status);
            for (int i = 0; i < fields.length; i += 2) {
                headers.add(fields[i], fields[i + 1]);
            }
            return write(new DefaultHttp2HeadersFrame(headers, end).stream(stream));
        }

        public Call data(String text, boolean end) {
            ByteBuf data = Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
            return write(new DefaultHttp2DataFrame(data, end).stream(stream));
        }

        public Call trailers(String... fields) {
            Http2Headers headers = new DefaultHttp2Headers();
            for (int i = 0; i < fields.length; i += 2) {
                headers.add(fields[i], fields[i + 1]);
            }
            return write(new DefaultHttp2HeadersFrame(headers, true).stream(stream));
        }

        public Call reset(Http2Error why) {
            return write(new DefaultHttp2ResetFrame(why).stream(stream));
        }

        /** Says that streams after this many of the connection's have not been looked at. */
        public Call goAway(int extraStreams) {
            DefaultHttp2GoAwayFrame frame = new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR);
            frame.setExtraStreamIds(extraStreams);
            return write(frame);
        }

        public void close() {
            context.close();
        }

        private Call write(Object frame) {
            context.executor().execute(() -> context.writeAndFlush(frame));
            return this;
        }
    }

    private static final class Frames extends ChannelInboundHandlerAdapter {

        private final int number;
        private final Consumer<Call> script;
        private final Map<Integer, Call> calls = new ConcurrentHashMap<>();

        Frames(int number, Consumer<Call> script) {
            this.number = number;
            this.script = script;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            if (frame instanceof Http2HeadersFrame headers) {
                Call call = calls.get(headers.stream().id());
                if (call == null) {
                    call = new Call(number, headers.headers(), context, headers.stream());
                    calls.put(call.id(), call);
                } else {
                    call.trailers = headers.headers();
                }
                call.ended = headers.isEndStream();
                script.accept(call);
            } else if (frame instanceof Http2DataFrame data) {
                Call call = calls.get(data.stream().id());
                call.body.append(data.content().toString(StandardCharsets.ISO_8859_1));
                call.ended = data.isEndStream();
                context.write(
                        new DefaultHttp2WindowUpdateFrame(data.initialFlowControlledBytes())
                                .stream(data.stream()));
                data.release();
                script.accept(call);
            } else if (frame instanceof Http2ResetFrame reset) {
                Call call = calls.get(reset.stream().id());
                call.reset = reset;
                script.accept(call);
            } else if (frame instanceof Http2GoAwayFrame goAway) {
                goAway.release();
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
