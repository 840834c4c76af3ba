package dev.wick.gateway.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A DNS server on a loopback socket, that has the same addresses for every name. Thread-safe. */
final class TinyDns implements AutoCloseable {

    private static final int ADDRESS = 1;
    private static final int NAME_ERROR = 3;

    private final DatagramSocket socket;
    private final AtomicInteger queries = new AtomicInteger();
    private volatile List<String> addresses;
    private volatile int ttlSeconds;

    TinyDns(int ttlSeconds, String... addresses) throws IOException {
        this.socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        say(ttlSeconds, addresses);
        Thread.ofVirtual().start(this::serve);
    }

    /** No addresses: there is no such name. */
    void say(int ttl, String... now) {
        ttlSeconds = ttl;
        addresses = List.of(now);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** How often it was asked for an IPv4 address. */
    int queries() {
        return queries.get();
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
        if (type == ADDRESS) {
            queries.incrementAndGet();
        }
        ByteBuffer out = ByteBuffer.allocate(512);
        out.put(query, 0, 2).putShort((short) (0x8180 | (now.isEmpty() ? NAME_ERROR : 0)));
        out.putShort((short) 1).putShort((short) given.size()).putInt(0);
        out.put(query, 12, end - 12);
        for (String address : given) {
            out.putShort((short) 0xc00c).putShort((short) ADDRESS).putShort((short) 1);
            out.putInt(ttlSeconds).putShort((short) 4);
            out.put(InetAddress.ofLiteral(address).getAddress());
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    @Override
    public void close() {
        socket.close();
    }
}
