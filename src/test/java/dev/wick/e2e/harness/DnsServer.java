package dev.wick.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** A DNS server on a loopback socket, that has the same addresses for every name. Thread-safe. */
public final class DnsServer implements AutoCloseable {

    private static final int ADDRESS = 1;
    private static final int NAME_ERROR = 3;
    private static final int TTL_SECONDS = 60;

    private final DatagramSocket socket;
    private volatile List<String> addresses;

    private DnsServer(DatagramSocket socket, List<String> addresses) {
        this.socket = socket;
        this.addresses = addresses;
    }

    /** No addresses: there is no such name. */
    public static DnsServer saying(String... addresses) {
        try {
            DatagramSocket socket =
                    new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            DnsServer server = new DnsServer(socket, List.of(addresses));
            Thread.ofVirtual().start(server::serve);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No addresses: there is no such name. */
    public void say(String... now) {
        addresses = List.of(now);
    }

    public int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        byte[] octets = new byte[512];
        while (!socket.isClosed()) {
            try {
                DatagramPacket query = new DatagramPacket(octets, octets.length);
                socket.receive(query);
                byte[] answer = answer(Arrays.copyOf(octets, query.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, query.getSocketAddress()));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private byte[] answer(byte[] query) {
        int end = 12;
        while (query[end] != 0) {
            end += query[end] + 1;
        }
        end += 5; // the name's end, type and class
        int type = query[end - 3];
        List<String> now = addresses;
        List<String> given = type == ADDRESS ? now : List.of();
        ByteBuffer out = ByteBuffer.allocate(512);
        out.put(query, 0, 2).putShort((short) (0x8180 | (now.isEmpty() ? NAME_ERROR : 0)));
        out.putShort((short) 1).putShort((short) given.size()).putInt(0);
        out.put(query, 12, end - 12);
        for (String address : given) {
            out.putShort((short) 0xc00c).putShort((short) ADDRESS).putShort((short) 1);
            out.putInt(TTL_SECONDS).putShort((short) 4);
            out.put(InetAddress.ofLiteral(address).getAddress());
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    @Override
    public void close() {
        socket.close();
    }
}
