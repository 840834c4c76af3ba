package dev.wick.entry;

import java.nio.ByteBuffer;

/**
 * A network.
 *
 * @param address 4 or 16 octets, not to be changed
 * @param bits the length of its prefix
 */
public record Cidr(byte[] address, int bits) {

    /** All addresses of IPv4. */
    public static final Cidr EVERY_IPV4 = new Cidr(new byte[4], 0);

    /** All addresses of IPv6. */
    public static final Cidr EVERY_IPV6 = new Cidr(new byte[16], 0);

    /** The network of that length in which an address is. */
    static ByteBuffer prefix(byte[] address, int bits) {
        byte[] prefix = new byte[address.length];
        int whole = bits / 8;
        System.arraycopy(address, 0, prefix, 0, whole);
        if (bits % 8 != 0) {
            prefix[whole] = (byte) (address[whole] & 0xff00 >> bits % 8);
        }
        return ByteBuffer.wrap(prefix);
    }
}
