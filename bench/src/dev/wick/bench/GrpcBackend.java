package dev.wick.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The upstream of all contestants for gRPC: answers every call with one message of 128 bytes and {@code grpc-status: 0}, on one
 * thread. It looks into no header block, so it needs no HPACK; its answers are small enough that no window is ever full.
 */
final class GrpcBackend {

    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int WINDOW_UPDATE = 8;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int PREFACE = 24;
    private static final int WINDOW_STEP = 16 * 1024;
    private static final byte[] HEAD = head();
    private static final byte[] MESSAGE = new byte[5 + 128];
    private static final byte[] TRAILERS = literal(new byte[0], "grpc-status", "0");

    static {
        MESSAGE[4] = (byte) 128;
    }

    private GrpcBackend() {}

    private static byte[] head() {
        // 0x88: ":status: 200" of the static table.
        return literal(new byte[] {(byte) 0x88}, "content-type", "application/grpc");
    }

    private static byte[] literal(byte[] before, String name, String value) {
        ByteBuffer block = ByteBuffer.allocate(before.length + 3 + name.length() + value.length());
        block.put(before).put((byte) 0).put((byte) name.length()).put(name.getBytes(StandardCharsets.US_ASCII));
        block.put((byte) value.length()).put(value.getBytes(StandardCharsets.US_ASCII));
        return block.array();
    }

    private static final class Connection {
        private final ByteBuffer in = ByteBuffer.allocate(256 * 1024);
        private final Deque<ByteBuffer> out = new ArrayDeque<>();
        private ByteBuffer answers = ByteBuffer.allocate(64 * 1024);
        private boolean begun;
        private int taken;
    }

    public static void main(String[] arguments) throws IOException {
        Selector selector = Selector.open();
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])), 4096);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        while (true) {
            selector.select();
            Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
            while (keys.hasNext()) {
                SelectionKey key = keys.next();
                keys.remove();
                if (key.isAcceptable()) {
                    SocketChannel channel = server.accept();
                    channel.configureBlocking(false);
                    channel.socket().setTcpNoDelay(true);
                    channel.register(selector, SelectionKey.OP_READ, new Connection());
                } else {
                    serve(key);
                }
            }
        }
    }

    private static void serve(SelectionKey key) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        Connection connection = (Connection) key.attachment();
        try {
            if (key.isReadable() && channel.read(connection.in) < 0) {
                channel.close();
                return;
            }
            take(connection);
            if (connection.answers.position() > 0) {
                connection.out.add(connection.answers.flip());
                connection.answers = ByteBuffer.allocate(64 * 1024);
            }
            while (!connection.out.isEmpty()) {
                channel.write(connection.out.peek());
                if (connection.out.peek().hasRemaining()) {
                    break;
                }
                connection.out.poll();
            }
            key.interestOps(connection.out.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_WRITE | SelectionKey.OP_READ);
        } catch (IOException e) {
            channel.close();
        }
    }

    private static void take(Connection connection) {
        ByteBuffer in = connection.in.flip();
        if (!connection.begun && in.remaining() >= PREFACE) {
            in.position(in.position() + PREFACE);
            connection.begun = true;
            frame(connection, SETTINGS, 0, 0, new byte[0]);
        }
        while (connection.begun && in.remaining() >= 9) {
            int start = in.position();
            int length = (in.get(start) & 0xff) << 16 | in.getShort(start + 1) & 0xffff;
            if (in.remaining() < 9 + length) {
                break;
            }
            int type = in.get(start + 3);
            int flags = in.get(start + 4);
            int stream = in.getInt(start + 5) & 0x7fffffff;
            in.position(start + 9 + length);
            took(connection, type, flags, stream, in, start + 9, length);
        }
        in.compact();
    }

    private static void took(Connection connection, int type, int flags, int stream, ByteBuffer in, int at, int length) {
        if (type == SETTINGS && (flags & ACK) == 0) {
            frame(connection, SETTINGS, ACK, 0, new byte[0]);
        } else if (type == PING && (flags & ACK) == 0) {
            byte[] payload = new byte[length];
            in.get(at, payload);
            frame(connection, PING, ACK, 0, payload);
        } else if (type == 0 || type == HEADERS) {
            if (type == 0) {
                connection.taken += length;
                if (connection.taken >= WINDOW_STEP) {
                    frame(connection, WINDOW_UPDATE, 0, 0, ByteBuffer.allocate(4).putInt(connection.taken).array());
                    connection.taken = 0;
                }
            }
            if ((flags & END_STREAM) != 0) {
                frame(connection, HEADERS, END_HEADERS, stream, HEAD);
                frame(connection, 0, 0, stream, MESSAGE);
                frame(connection, HEADERS, END_HEADERS | END_STREAM, stream, TRAILERS);
            }
        }
    }

    private static void frame(Connection connection, int type, int flags, int stream, byte[] payload) {
        if (connection.answers.remaining() < 9 + payload.length) {
            connection.out.add(connection.answers.flip());
            connection.answers = ByteBuffer.allocate(64 * 1024);
        }
        connection.answers.put((byte) (payload.length >>> 16)).putShort((short) payload.length);
        connection.answers.put((byte) type).put((byte) flags).putInt(stream).put(payload);
    }
}
