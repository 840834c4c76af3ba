package dev.wick.gateway.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.HostsFileEntriesResolver;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Looks names up at DNS servers itself, on an event loop, for who wants to know how long an answer
 * holds or asks servers of its own. The hosts file is read; names are taken as they are, without a
 * search path. Safe for use by any thread; made when first needed.
 */
public final class DnsNames implements Names.LookUp {

    private static final int QUERY_MILLIS = 5_000;
    private static final InetAddress[] NOTHING = {};

    private final EventLoop loop;
    private final DnsNameResolver resolver;

    /**
     * @param servers in the order in which they are asked; empty: those of the machine
     */
    public DnsNames(Loop loop, List<InetSocketAddress> servers) {
        this.loop = loop.eventLoop();
        boolean epoll = this.loop.parent() instanceof EpollEventLoopGroup;
        this.resolver =
                new DnsNameResolverBuilder(this.loop)
                        .datagramChannelType(
                                epoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
                        .socketChannelType(
                                epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                        .nameServerProvider(
                                servers.isEmpty()
                                        ? DnsServerAddressStreamProviders.platformDefault()
                                        : new SequentialDnsServerAddressStreamProvider(servers))
                        .resolveCache(NoopDnsCache.INSTANCE)
                        .cnameCache(NoopDnsCnameCache.INSTANCE)
                        .queryTimeoutMillis(QUERY_MILLIS)
                        .build();
    }

    @Override
    public void lookUp(String name, Executor back, Names.Found found) {
        InetAddress known =
                HostsFileEntriesResolver.DEFAULT.address(name, ResolvedAddressTypes.IPV4_PREFERRED);
        if (known != null) {
            back.execute(() -> found.found(new InetAddress[] {known}));
            return;
        }
        loop.execute(() -> new Asking(back, found).ask(name));
    }

    public void close() {
        resolver.close();
    }

    /** One name, asked for in both families at once. On the loop. */
    private final class Asking {

        private final Executor back;
        private final Names.Found found;
        private final List<InetAddress> addresses = new ArrayList<>();
        private long ttlSeconds = Long.MAX_VALUE;
        private int open = 2;

        Asking(Executor back, Names.Found found) {
            this.back = back;
            this.found = found;
        }

        void ask(String name) {
            String whole = name.endsWith(".") ? name : name + ".";
            for (DnsRecordType type : new DnsRecordType[] {DnsRecordType.A, DnsRecordType.AAAA}) {
                resolver.resolveAll(new DefaultDnsQuestion(whole, type))
                        .addListener((Future<List<DnsRecord>> answer) -> answered(answer));
            }
        }

        private void answered(Future<List<DnsRecord>> answer) {
            if (answer.isSuccess()) {
                for (DnsRecord dnsRecord : answer.getNow()) {
                    InetAddress address = address(dnsRecord);
                    if (address != null) {
                        addresses.add(address);
                        ttlSeconds = Math.min(ttlSeconds, dnsRecord.timeToLive());
                    }
                    ReferenceCountUtil.release(dnsRecord);
                }
            }
            open--;
            if (open == 0) {
                InetAddress[] all = addresses.toArray(NOTHING);
                long ttl = all.length == 0 ? -1 : ttlSeconds;
                back.execute(() -> found.found(all, ttl));
            }
        }
    }

    private static @Nullable InetAddress address(DnsRecord dnsRecord) {
        boolean is =
                dnsRecord.type().equals(DnsRecordType.A)
                        || dnsRecord.type().equals(DnsRecordType.AAAA);
        if (!is || !(dnsRecord instanceof ByteBufHolder holder)) {
            return null;
        }
        ByteBuf content = holder.content();
        byte[] octets = new byte[content.readableBytes()];
        content.getBytes(content.readerIndex(), octets);
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
