package dev.wick.e2e.harness;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Netty's WebSocket server: gives each frame back as it came, fragments as fragments; text {@code
 * ping} is answered with a PING, {@code close N} with a close of that code. Thread-safe.
 */
public final class WebSocketServer implements AutoCloseable {

    private static final int MOST_FRAME = 1 << 20;

    private final NioEventLoopGroup group = new NioEventLoopGroup(1);
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Channel server;

    public WebSocketServer() {
        WebSocketServerProtocolConfig config =
                WebSocketServerProtocolConfig.newBuilder()
                        .websocketPath("/")
                        .checkStartsWith(true)
                        .subprotocols("chat")
                        .handleCloseFrames(false)
                        .dropPongFrames(false)
                        .maxFramePayloadLength(MOST_FRAME)
                        .build();
        server =
                new ServerBootstrap()
                        .group(group)
                        .channel(NioServerSocketChannel.class)
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        channel.pipeline()
                                                .addLast(new HttpServerCodec())
                                                .addLast(new HttpObjectAggregator(MOST_FRAME))
                                                .addLast(new WebSocketServerProtocolHandler(config))
                                                .addLast(new Echo());
                                    }
                                })
                        .bind("127.0.0.1", 0)
                        .syncUninterruptibly()
                        .channel();
    }

    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** What came: {@code text+ ab} (a fragment), {@code pong x}, {@code close 1000 why}. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    private final class Echo extends SimpleChannelInboundHandler<WebSocketFrame> {

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
            String more = frame.isFinalFragment() ? " " : "+ ";
            switch (frame) {
                case TextWebSocketFrame text -> {
                    heard.add("text" + more + text.text());
                    answer(ctx, text);
                }
                case BinaryWebSocketFrame binary -> {
                    heard.add("binary" + more + binary.content().readableBytes());
                    ctx.writeAndFlush(binary.retain());
                }
                case ContinuationWebSocketFrame next -> {
                    heard.add("next" + more + next.text());
                    ctx.writeAndFlush(next.retain());
                }
                case PongWebSocketFrame pong ->
                        heard.add(
                                "pong "
                                        + pong.content()
                                                .toString(java.nio.charset.StandardCharsets.UTF_8));
                case CloseWebSocketFrame close -> {
                    heard.add("close " + close.statusCode() + " " + close.reasonText());
                    ctx.writeAndFlush(close.retain()).addListener(sent -> ctx.close());
                }
                default -> throw new IllegalStateException(frame.toString());
            }
        }

        private void answer(ChannelHandlerContext ctx, TextWebSocketFrame text) {
            String said = text.text();
            if (said.equals("ping")) {
                ctx.writeAndFlush(
                        new PingWebSocketFrame(ctx.alloc().buffer().writeBytes(new byte[] {'p'})));
            } else if (said.startsWith("close ")) {
                ctx.writeAndFlush(
                        new CloseWebSocketFrame(
                                Integer.parseInt(said.substring("close ".length())), "asked"));
            } else {
                ctx.writeAndFlush(text.retain());
            }
        }
    }

    @Override
    public void close() {
        server.close().syncUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
