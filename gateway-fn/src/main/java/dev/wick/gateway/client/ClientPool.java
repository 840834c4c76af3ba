package dev.wick.gateway.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The connections of one client on one loop. Confined to it. */
final class ClientPool {

    private static final int MOST_IDLE = 8;

    private final Loop loop;
    private final Origin origin;
    private final Class<? extends Channel> channelType;
    private final ArrayDeque<ClientConnection> idle = new ArrayDeque<>();

    ClientPool(Loop loop, Origin origin, Class<? extends Channel> channelType) {
        this.loop = loop;
        this.origin = origin;
        this.channelType = channelType;
    }

    Origin origin() {
        return origin;
    }

    void send(ClientCall call) {
        loop.arm(call, call.request.timeoutMillis());
        ClientConnection kept = idle.pollLast();
        if (kept != null && kept.open()) {
            kept.send(call);
        } else {
            connect(call);
        }
    }

    /** Sends the call on a new connection, to the first address of the origin that takes one. */
    void connect(ClientCall call) {
        InetAddress literal = Names.literal(origin.host());
        if (literal != null) {
            connect(call, new InetAddress[] {literal}, 0);
        } else {
            Names.lookUp(origin.host(), loop, found -> connect(call, found, 0));
        }
    }

    private void connect(ClientCall call, InetAddress[] addresses, int index) {
        if (call.done()) {
            return;
        }
        if (addresses.length == 0) {
            call.fail("host: " + origin.host() + " (expected: a name with an address)");
            return;
        }
        Connecting connecting = new Connecting();
        ChannelFuture connect =
                new Bootstrap()
                        .group(loop.eventLoop())
                        .channel(channelType)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeout(call))
                        .handler(connecting)
                        .connect(new InetSocketAddress(addresses[index], origin.port()));
        connect.addListener(
                done -> {
                    if (!done.isSuccess()) {
                        loop.run(() -> failed(call, addresses, index, done.cause()));
                    } else if (call.done()) {
                        connect.channel().close();
                    } else {
                        connecting.connection(connect.channel()).send(call);
                    }
                });
    }

    private static int timeout(ClientCall call) {
        return (int) Math.min(Integer.MAX_VALUE, call.request.timeoutMillis());
    }

    private void failed(
            ClientCall call, InetAddress[] addresses, int index, @Nullable Throwable cause) {
        if (index + 1 < addresses.length) {
            connect(call, addresses, index + 1);
        } else {
            call.fail("connection: " + (cause == null ? "refused" : cause.getMessage()));
        }
    }

    void keep(ClientConnection connection) {
        if (idle.size() < MOST_IDLE) {
            idle.addLast(connection);
        } else {
            connection.close();
        }
    }

    void closeIdle() {
        List.copyOf(idle).forEach(ClientConnection::close);
        idle.clear();
    }

    void gone(ClientConnection connection) {
        idle.remove(connection);
    }

    /** Puts the handler in place before anything can be read. */
    private final class Connecting extends ChannelInitializer<Channel> {

        private @Nullable ClientConnection connection;

        @Override
        protected void initChannel(Channel channel) {
            connection = new ClientConnection(ClientPool.this, loop, channel);
            channel.pipeline().addLast(connection);
        }

        ClientConnection connection(Channel channel) {
            ClientConnection made = connection;
            if (made == null) {
                throw new IllegalStateException("channel: " + channel + " (expected: initialised)");
            }
            return made;
        }
    }
}
