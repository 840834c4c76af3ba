package dev.wick.gateway.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Sets options of connections to hosts. */
final class Sockets {

    private Sockets() {}

    static Bootstrap with(
            SocketSettings settings, Class<? extends Channel> type, int connectTimeoutMillis) {
        Bootstrap to =
                new Bootstrap()
                        .channel(type)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectTimeoutMillis)
                        .option(ChannelOption.AUTO_CLOSE, false);
        int limit = settings.bufferLimit();
        to.option(
                ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(limit / 2, limit));
        if (settings.keepalive()) {
            keepalive(settings, type == EpollSocketChannel.class, to);
        }
        return to;
    }

    private static void keepalive(SocketSettings settings, boolean epoll, Bootstrap to) {
        to.option(ChannelOption.SO_KEEPALIVE, true);
        if (epoll) {
            option(to, EpollChannelOption.TCP_KEEPCNT, settings.keepaliveProbes());
            option(to, EpollChannelOption.TCP_KEEPIDLE, settings.keepaliveSeconds());
            option(to, EpollChannelOption.TCP_KEEPINTVL, settings.keepaliveIntervalSeconds());
        }
    }

    private static void option(Bootstrap to, ChannelOption<Integer> option, int value) {
        if (value > 0) {
            to.option(option, value);
        }
    }

    /** What a connection is bound to; null for nothing. */
    static @Nullable SocketAddress source(SocketSettings settings) {
        String address = settings.sourceAddress();
        if (address == null) {
            return null;
        }
        byte[] octets = NetUtil.createByteArrayFromIpAddressString(address);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(octets), 0);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
