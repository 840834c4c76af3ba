package dev.wick.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A host that says by HTTP/2 what a test gives it, frame by frame, and notes what it is sent. */
final class FrameHost implements AutoCloseable {

    static final int HEADER_TABLE_SIZE = 1;
    static final int MAX_CONCURRENT_STREAMS = 3;
    static final int INITIAL_WINDOW_SIZE = 4;

    private static final Map<Integer, String> NOTED =
            Map.of(0, "DATA", 1, "HEADERS", 3, "RST_STREAM");

    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<RawHost.Peer> first = new CompletableFuture<>();
    private final RawHost host;

    /**
     * @param settings what each connection begins with
     */
    FrameHost(byte[] settings) throws IOException {
        host =
                new RawHost(
                        peer -> {
                            peer.send(settings);
                            first.complete(peer);
                            read(peer);
                        });
    }

    /** SETTINGS: identifier, value, identifier, value. */
    static byte[] settings(int... values) {
        ByteBuf frame = Unpooled.buffer();
        frame.writeMedium(values.length * 3).writeByte(4).writeByte(0).writeInt(0);
        for (int i = 0; i < values.length; i += 2) {
            frame.writeShort(values[i]).writeInt(values[i + 1]);
        }
        return octets(frame);
    }

    /** HEADERS that are a whole answer. */
    static byte[] ok(int stream) {
        int indexedStatus = 0x88;
        ByteBuf frame = Unpooled.buffer();
        frame.writeMedium(1).writeByte(1).writeByte(5).writeInt(stream).writeByte(indexedStatus);
        return octets(frame);
    }

    private static byte[] octets(ByteBuf frame) {
        byte[] octets = new byte[frame.readableBytes()];
        frame.readBytes(octets);
        return octets;
    }

    private void read(RawHost.Peer peer) throws IOException {
        String connection = peer.number() == 1 ? "" : " of connection " + peer.number();
        peer.read("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length());
        for (String head = peer.read(9); head.length() == 9; head = peer.read(9)) {
            peer.read(head.charAt(1) << 8 | head.charAt(2));
            String name = NOTED.get((int) head.charAt(3));
            if (name != null) {
                frames.add(name + " " + (int) head.charAt(8) + connection);
            }
        }
    }

    int port() {
        return host.port();
    }

    /** Sends frames on the first connection, so that they are read at once. */
    void send(byte[]... together) throws Exception {
        first.get(5, TimeUnit.SECONDS).send(Unpooled.copiedBuffer(together).array());
    }

    /**
     * What it was sent since, up to and with that frame: heads, parts of bodies, resets, as {@code
     * HEADERS 5} or {@code HEADERS 3 of connection 2}.
     */
    List<String> until(String last) throws InterruptedException {
        List<String> came = new ArrayList<>();
        while (came.isEmpty() || !came.getLast().equals(last)) {
            String next = frames.poll(5, TimeUnit.SECONDS);
            assertNotNull(next, () -> "after " + came);
            came.add(next);
        }
        return came;
    }

    @Override
    public void close() throws IOException {
        host.close();
    }
}
