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
import java.util.Iterator;

/**
 * The upstream of all contestants: answers every HTTP/1.1 request with 200 and 1 KiB, on one thread, with as little work as the
 * JDK allows. Understands Content-Length and chunked bodies that end in an empty chunk without trailers, which is what proxies
 * send. A process of its own, so that its time is nobody's.
 */
final class Backend {

    private static final byte[] ANSWER = answer();
    private static final int MOST = 64 * 1024;

    private Backend() {}

    private static byte[] answer() {
        String head = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 1024\r\n\r\n";
        return (head + "x".repeat(1024)).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What came of a request whose end is not there yet. */
    private static final class Connection {
        private final ByteBuffer in = ByteBuffer.allocate(MOST);
        private ByteBuffer out = ByteBuffer.allocate(0);
        private long bodyLeft;
        private boolean chunked;
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
                    accept(server, selector);
                } else {
                    serve(key);
                }
            }
        }
    }

    private static void accept(ServerSocketChannel server, Selector selector) throws IOException {
        for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
            channel.configureBlocking(false);
            channel.socket().setTcpNoDelay(true);
            channel.register(selector, SelectionKey.OP_READ, new Connection());
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
            int requests = requests(connection);
            if (requests > 0) {
                answer(connection, requests);
            }
            if (connection.out.hasRemaining()) {
                channel.write(connection.out);
                key.interestOps(connection.out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            }
        } catch (IOException e) {
            channel.close();
        }
    }

    private static void answer(Connection connection, int requests) {
        ByteBuffer answers = ByteBuffer.allocate(connection.out.remaining() + requests * ANSWER.length);
        answers.put(connection.out);
        for (int i = 0; i < requests; i++) {
            answers.put(ANSWER);
        }
        connection.out = answers.flip();
    }

    /** Takes whole requests out of what came; how many. */
    private static int requests(Connection connection) throws IOException {
        ByteBuffer in = connection.in.flip();
        int requests = 0;
        while (true) {
            if (connection.chunked) {
                int end = indexOf(in, "0\r\n\r\n");
                if (end < 0) {
                    // What is left may hold the beginning of the end.
                    in.position(Math.max(in.position(), in.limit() - 4));
                    break;
                }
                in.position(end + 5);
                connection.chunked = false;
                requests++;
            } else if (connection.bodyLeft > 0) {
                int part = (int) Math.min(connection.bodyLeft, in.remaining());
                in.position(in.position() + part);
                connection.bodyLeft -= part;
                if (connection.bodyLeft > 0) {
                    break;
                }
                requests++;
            } else {
                int end = indexOf(in, "\r\n\r\n");
                if (end < 0) {
                    break;
                }
                head(connection, in, end);
                in.position(end + 4);
                requests += connection.bodyLeft == 0 && !connection.chunked ? 1 : 0;
            }
        }
        in.compact();
        if (!in.hasRemaining()) {
            throw new IOException("a head of more than " + MOST + " bytes");
        }
        return requests;
    }

    private static void head(Connection connection, ByteBuffer in, int end) {
        if (in.get(in.position()) == 'G') {
            return;
        }
        String head =
                new String(in.array(), in.position(), end - in.position(), StandardCharsets.ISO_8859_1).toLowerCase();
        int length = head.indexOf("\r\ncontent-length:");
        if (length >= 0) {
            int from = length + "\r\ncontent-length:".length();
            int to = head.indexOf('\r', from);
            connection.bodyLeft = Long.parseLong(head.substring(from, to < 0 ? head.length() : to).strip());
        } else {
            connection.chunked = head.contains("\r\ntransfer-encoding: chunked");
        }
    }

    private static int indexOf(ByteBuffer in, String text) {
        byte[] bytes = in.array();
        int last = in.limit() - text.length();
        for (int i = in.position(); i <= last; i++) {
            int matched = 0;
            while (matched < text.length() && bytes[i + matched] == text.charAt(matched)) {
                matched++;
            }
            if (matched == text.length()) {
                return i;
            }
        }
        return -1;
    }
}
