package dev.wick.gateway.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Asks one address by HTTP/2, by prior knowledge, one call after the other on one connection, which
 * is kept. Confined to its loop.
 */
public final class Http2Client {

    private final Loop loop;
    private final Class<? extends Channel> channelType;
    private final InetSocketAddress address;
    private final String authority;
    private @Nullable Http2Calls kept;

    /**
     * @param authority what {@code :authority} says
     */
    public Http2Client(
            Loop loop,
            Class<? extends Channel> channelType,
            InetSocketAddress address,
            String authority) {
        this.loop = loop;
        this.channelType = channelType;
        this.address = address;
        this.authority = authority;
    }

    /**
     * Asks for a whole answer, whose trailers stand behind its headers. Nothing is told from within
     * this call.
     */
    public Call send(ClientRequest request, Answered answered) {
        ClientCall call = ClientCall.whole(loop, request, answered);
        loop.arm(call, request.timeoutMillis());
        Http2Calls open = kept;
        if (open != null && open.free()) {
            open.send(call);
        } else {
            connect(call);
        }
        return call;
    }

    private void connect(ClientCall call) {
        Http2Calls calls = new Http2Calls(this, authority);
        ChannelFuture connect =
                new Bootstrap()
                        .group(loop.eventLoop())
                        .channel(channelType)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                (int) Math.min(Integer.MAX_VALUE, call.request.timeoutMillis()))
                        .handler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        channel.pipeline().addLast(calls.codec(), calls);
                                    }
                                })
                        .connect(address);
        // Where not even a socket can be made, Netty tells so on a thread of its own.
        connect.addListener(done -> loop.execute(() -> connected(connect, calls, call)));
    }

    private void connected(ChannelFuture connect, Http2Calls calls, ClientCall call) {
        if (!connect.isSuccess()) {
            call.fail("connection: " + connect.cause().getMessage());
        } else if (call.done()) {
            connect.channel().close();
        } else {
            kept = calls;
            calls.send(call);
        }
    }

    /** The connection has ended, or takes no more calls. */
    void gone(Http2Calls calls) {
        if (kept == calls) {
            kept = null;
        }
    }

    /** Closes the connection; a call that runs on it fails. */
    public void close() {
        Http2Calls open = kept;
        if (open != null) {
            open.close();
        }
    }
}
