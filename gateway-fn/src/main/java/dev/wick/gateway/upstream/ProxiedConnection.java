package dev.wick.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whose connection a request came by, for hosts that are told by the PROXY protocol. Immutable.
 *
 * @param source the client's end; null where it is not known
 * @param destination the end here
 */
public record ProxiedConnection(
        @Nullable InetSocketAddress source, @Nullable InetSocketAddress destination) {

    private static final byte[] SIGNATURE = {
        '\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'
    };
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;

    @Override
    public boolean equals(Object other) {
        return other instanceof ProxiedConnection that
                && Objects.equals(source, that.source)
                && Objects.equals(destination, that.destination);
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hashCode(source) + Objects.hashCode(destination);
    }

    /** What a connection to a host begins with. */
    ByteBuf header(int version, ByteBufAllocator allocator) {
        InetSocketAddress from = source;
        InetSocketAddress to = destination;
        boolean known =
                from != null
                        && to != null
                        && from.getAddress().getClass() == to.getAddress().getClass();
        ByteBuf out = allocator.directBuffer(128);
        if (version == 1) {
            String line = from != null && to != null && known ? line(from, to) : "PROXY UNKNOWN";
            out.writeCharSequence(line + "\r\n", StandardCharsets.US_ASCII);
            return out;
        }
        out.writeBytes(SIGNATURE);
        if (from == null || to == null || !known) {
            return out.writeByte(LOCAL).writeByte(0).writeShort(0);
        }
        byte[] first = from.getAddress().getAddress();
        out.writeByte(PROXY).writeByte(first.length == 4 ? TCP4 : TCP6);
        out.writeShort(2 * first.length + 4);
        out.writeBytes(first).writeBytes(to.getAddress().getAddress());
        return out.writeShort(from.getPort()).writeShort(to.getPort());
    }

    private static String line(InetSocketAddress from, InetSocketAddress to) {
        InetAddress ip = from.getAddress();
        return (ip.getAddress().length == 4 ? "PROXY TCP4 " : "PROXY TCP6 ")
                + NetUtil.toAddressString(ip)
                + ' '
                + NetUtil.toAddressString(to.getAddress())
                + ' '
                + from.getPort()
                + ' '
                + to.getPort();
    }
}
