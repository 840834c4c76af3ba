package dev.wick.e2e.harness;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.HttpConversionUtil.ExtensionHeaderNames;
import io.netty.handler.codec.http2.HttpToHttp2ConnectionHandler;
import io.netty.handler.codec.http2.HttpToHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.InboundHttp2ToHttpAdapterBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One cleartext HTTP/2 connection, by prior knowledge. Thread-safe. */
public final class Http2 implements AutoCloseable {

    private static final int LARGEST_BODY = 64 << 20;

    private final EventLoopGroup group = new NioEventLoopGroup(1);

    /** Netty keeps stream 1 for an upgrade. */
    private final AtomicInteger nextStream = new AtomicInteger(3);

    private final Map<Integer, CompletableFuture<Reply>> waiting = new ConcurrentHashMap<>();
    private final Channel channel;

    private Http2(int port) throws InterruptedException {
        channel =
                new Bootstrap()
                        .group(group)
                        .channel(NioSocketChannel.class)
                        .handler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel socket) {
                                        socket.pipeline().addLast(codec(), new Replies());
                                    }
                                })
                        .connect("127.0.0.1", port)
                        .sync()
                        .channel();
    }

    public static Http2 open(int port) {
        try {
            return new Http2(port);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpToHttp2ConnectionHandler codec() {
        Http2Connection connection = new DefaultHttp2Connection(false);
        return new HttpToHttp2ConnectionHandlerBuilder()
                .frameListener(
                        new InboundHttp2ToHttpAdapterBuilder(connection)
                                .maxContentLength(LARGEST_BODY)
                                .propagateSettings(false)
                                .build())
                .connection(connection)
                .build();
    }

    private final class Replies extends SimpleChannelInboundHandler<FullHttpResponse> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            int stream = response.headers().getInt(ExtensionHeaderNames.STREAM_ID.text(), -1);
            CompletableFuture<Reply> future = waiting.remove(stream);
            if (future != null) {
                future.complete(reply(response));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            waiting.values()
                    .forEach(
                            future ->
                                    future.completeExceptionally(
                                            new AssertionError("the connection ended")));
        }
    }

    private static Reply reply(FullHttpResponse response) {
        byte[] body = new byte[response.content().readableBytes()];
        response.content().readBytes(body);
        return new Reply(
                response.status().code(),
                "",
                response.headers().entries().stream()
                        .map(entry -> new Field(entry.getKey(), entry.getValue()))
                        .toList(),
                body,
                response.trailingHeaders().entries().stream()
                        .map(entry -> new Field(entry.getKey(), entry.getValue()))
                        .toList(),
                java.util.List.of());
    }

    /**
     * Sends a request on a stream of its own. {@code fields} are whole lines, {@code name: value}.
     */
    public CompletableFuture<Reply> send(
            String method, String host, String path, String body, String... fields) {
        DefaultFullHttpRequest request =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        HttpMethod.valueOf(method),
                        path,
                        Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
        request.headers().set("host", host);
        request.headers().set(ExtensionHeaderNames.SCHEME.text(), "http");
        for (String field : fields) {
            int colon = field.indexOf(':');
            request.headers().add(field.substring(0, colon), field.substring(colon + 1).strip());
        }
        CompletableFuture<Reply> future = new CompletableFuture<>();
        channel.eventLoop()
                .execute(
                        () -> {
                            waiting.put(nextStream.getAndAdd(2), future);
                            channel.writeAndFlush(request);
                        });
        return future.orTimeout(30, TimeUnit.SECONDS);
    }

    public Reply get(String host, String path, String... fields) {
        return send("GET", host, path, "", fields).join();
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
