package dev.wick.gateway.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Connects, says something, and waits for what is expected; closes the connection then. Confined to
 * its loop.
 */
public final class TcpProbe extends Deadline {

    /** Of what comes, no more is looked at. */
    private static final int MOST = 64 * 1024;

    private final List<String> receive;
    private final Consumer<String> done;
    private final StringBuilder came = new StringBuilder();
    private @Nullable Channel channel;
    private boolean over;

    private TcpProbe(List<String> receive, Consumer<String> done) {
        this.receive = receive;
        this.done = done;
    }

    /**
     * Starts a probe, on the loop.
     *
     * @param send octets as characters of ISO 8859-1; empty: nothing
     * @param receive likewise, which must come in this order with anything in between
     * @param timeoutMillis above 0
     * @param done is given why it failed, or nothing, on the loop and never from within this call
     */
    public static TcpProbe start(
            Loop loop,
            Class<? extends Channel> channelType,
            InetSocketAddress address,
            String send,
            List<String> receive,
            long timeoutMillis,
            Consumer<String> done) {
        TcpProbe probe = new TcpProbe(receive, done);
        loop.arm(probe, timeoutMillis);
        ChannelFuture connect =
                new Bootstrap()
                        .group(loop.eventLoop())
                        .channel(channelType)
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                (int) Math.min(Integer.MAX_VALUE, timeoutMillis))
                        .handler(probe.new Reading())
                        .connect(address);
        probe.channel = connect.channel();
        connect.addListener(
                connected -> {
                    if (connected.isSuccess()) {
                        probe.connected(connect.channel(), send);
                    } else {
                        String why = "connection: " + connected.cause().getMessage();
                        loop.run(() -> probe.end(why));
                    }
                });
        return probe;
    }

    private void connected(Channel connected, String send) {
        if (!send.isEmpty()) {
            byte[] bytes = send.getBytes(StandardCharsets.ISO_8859_1);
            connected.writeAndFlush(Unpooled.wrappedBuffer(bytes), connected.voidPromise());
        }
        look();
    }

    /** Whether all that is waited for has come. */
    private void look() {
        int from = 0;
        for (String expected : receive) {
            int at = came.indexOf(expected, from);
            if (at < 0) {
                if (came.length() > MOST) {
                    end("answer: longer than " + MOST + " octets without what was expected");
                }
                return;
            }
            from = at + expected.length();
        }
        end("");
    }

    private void end(String why) {
        if (!over) {
            stop();
            done.accept(why);
        }
    }

    /** Gives it up: nothing is told any more. */
    public void stop() {
        over = true;
        disarm();
        // Where no socket could be made it cannot even be closed.
        if (channel != null && channel.isOpen()) {
            channel.close();
        }
    }

    @Override
    protected void expired() {
        end("timeout");
    }

    private final class Reading extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf in = (ByteBuf) message;
            try {
                came.append(in.toString(StandardCharsets.ISO_8859_1));
            } finally {
                in.release();
            }
            look();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            end("connection: closed");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            end("connection: " + cause.getMessage());
        }
    }
}
