package dev.wick.gateway.edge;

import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The PROXY header of a connection, version 1 or 2, which tells whose connection a proxy in front
 * has accepted. Confined to the connection's loop.
 *
 * @see <a href="https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt">The PROXY protocol</a>
 */
final class ProxyHeader {

    /** What has come so far. */
    enum Outcome {
        /** The beginning of a header. */
        PART,
        /** None. */
        NONE,
        MALFORMED,
        /** All of it, which has been skipped. */
        READ
    }

    private static final byte[] SIGNATURE_1 = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SIGNATURE_2 = {
        0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a
    };
    private static final int LONGEST_1 = 107;
    private static final int FIXED_2 = 16;
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int TCP_4 = 0x11;
    private static final int TCP_6 = 0x21;

    /** Of a type and a length. */
    private static final int TLV_HEAD = 3;

    private static final byte[] BROADCAST = {-1, -1, -1, -1};

    private @Nullable InetSocketAddress source;
    private @Nullable InetSocketAddress destination;
    private int version;

    /** Looks at all that has come; skips the header once it is complete. */
    Outcome read(ByteBuf in) {
        int same = same(in, SIGNATURE_2);
        if (same == SIGNATURE_2.length) {
            version = 2;
            return readBinary(in);
        }
        if (same == in.readableBytes()) {
            return Outcome.PART;
        }
        same = same(in, SIGNATURE_1);
        if (same == SIGNATURE_1.length) {
            version = 1;
            return readText(in);
        }
        return same == in.readableBytes() ? Outcome.PART : Outcome.NONE;
    }

    /** 1 or 2, once it is read. */
    int version() {
        return version;
    }

    /** Whose connection it is; null: that of the proxy itself, or it does not know. */
    @Nullable InetSocketAddress source() {
        return source;
    }

    /** To where it was made; null where {@link #source} is. */
    @Nullable InetSocketAddress destination() {
        return destination;
    }

    private static int same(ByteBuf in, byte[] signature) {
        int most = Math.min(signature.length, in.readableBytes());
        int same = 0;
        while (same < most && in.getByte(in.readerIndex() + same) == signature[same]) {
            same++;
        }
        return same;
    }

    private Outcome readText(ByteBuf in) {
        int most = Math.min(LONGEST_1, in.readableBytes());
        int end = in.indexOf(in.readerIndex(), in.readerIndex() + most, (byte) '\n');
        if (end < 0) {
            return most == LONGEST_1 ? Outcome.MALFORMED : Outcome.PART;
        }
        int length = end - in.readerIndex();
        String line = in.toString(in.readerIndex(), length, StandardCharsets.ISO_8859_1);
        in.skipBytes(length + 1);
        if (!line.endsWith("\r")) {
            return Outcome.MALFORMED;
        }
        String[] words = line.substring(0, line.length() - 1).split(" ", -1);
        if (words[1].equals("UNKNOWN")) {
            return Outcome.READ;
        }
        int octets = words[1].equals("TCP4") ? 4 : words[1].equals("TCP6") ? 16 : 0;
        if (octets == 0 || words.length != 6) {
            return Outcome.MALFORMED;
        }
        source = end(words[2], words[4], octets);
        destination = end(words[3], words[5], octets);
        return unicast(source) && unicast(destination) ? Outcome.READ : Outcome.MALFORMED;
    }

    private static @Nullable InetSocketAddress end(String address, String port, int octets) {
        boolean plain = address.indexOf('[') < 0 && address.indexOf('%') < 0;
        byte[] ip = plain ? NetUtil.createByteArrayFromIpAddressString(address) : null;
        if (ip == null || ip.length != octets || port.isEmpty() || port.length() > 5) {
            return null;
        }
        int number = 0;
        for (int i = 0; i < port.length(); i++) {
            int digit = port.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            number = 10 * number + digit;
        }
        return number > 65_535 ? null : new InetSocketAddress(address(ip), number);
    }

    private Outcome readBinary(ByteBuf in) {
        if (in.readableBytes() < FIXED_2) {
            return Outcome.PART;
        }
        int start = in.readerIndex();
        int command = in.getUnsignedByte(start + 12);
        int family = in.getUnsignedByte(start + 13);
        int length = in.getUnsignedShort(start + 14);
        int octets = family == TCP_4 ? 4 : family == TCP_6 ? 16 : 0;
        boolean good = octets > 0 && length >= 2 * octets + 4;
        if (command != LOCAL && (command != PROXY || !good)) {
            return Outcome.MALFORMED;
        }
        if (in.readableBytes() < FIXED_2 + length) {
            return Outcome.PART;
        }
        if (command == PROXY) {
            int at = start + FIXED_2;
            source = end(in, at, octets, at + 2 * octets);
            destination = end(in, at + octets, octets, at + 2 * octets + 2);
            int ends = 2 * octets + 4;
            if (!unicast(source)
                    || !unicast(destination)
                    || !areTlvs(in, at + ends, length - ends)) {
                return Outcome.MALFORMED;
            }
        }
        in.skipBytes(FIXED_2 + length);
        return Outcome.READ;
    }

    /** What TCP is between. */
    private static boolean unicast(@Nullable InetSocketAddress end) {
        if (end == null) {
            return false;
        }
        InetAddress address = end.getAddress();
        return !address.isAnyLocalAddress()
                && !address.isMulticastAddress()
                && !Arrays.equals(address.getAddress(), BROADCAST);
    }

    /** Whether a length is made up of whole ones. */
    private static boolean areTlvs(ByteBuf in, int start, int length) {
        int left = length;
        while (left >= TLV_HEAD) {
            left -= TLV_HEAD + in.getUnsignedShort(start + length - left + 1);
        }
        return left == 0;
    }

    private static InetSocketAddress end(ByteBuf in, int address, int octets, int port) {
        byte[] ip = new byte[octets];
        in.getBytes(address, ip);
        return new InetSocketAddress(address(ip), in.getUnsignedShort(port));
    }

    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 octets: " + octets.length, e);
        }
    }
}
