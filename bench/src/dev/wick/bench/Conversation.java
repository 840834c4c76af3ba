package dev.wick.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Supplier;

/** One connection at an upstream of the contestants, all of which one thread serves, with as little work as the JDK allows. */
abstract class Conversation {

    private final ByteBuffer in;
    private final Deque<ByteBuffer> out = new ArrayDeque<>();

    /** What has come and is not a whole message must fit into {@code most} bytes. */
    Conversation(int most) {
        in = ByteBuffer.allocate(most);
    }

    /** Takes what is whole out of what came, and answers it by {@link #send}. */
    abstract void take(ByteBuffer came);

    /** Of which this becomes the owner, ready to be read. */
    final void send(ByteBuffer answer) {
        out.add(answer);
    }

    /** Serves at {@code port} of the loopback until the process ends. */
    static void serve(int port, Supplier<Conversation> conversations) throws IOException {
        Selector selector = Selector.open();
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 4096);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        while (true) {
            selector.select();
            Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
            while (keys.hasNext()) {
                SelectionKey key = keys.next();
                keys.remove();
                if (key.isAcceptable()) {
                    accept(server, selector, conversations);
                } else {
                    ((Conversation) key.attachment()).goOn(key);
                }
            }
        }
    }

    private static void accept(ServerSocketChannel server, Selector selector, Supplier<Conversation> conversations)
            throws IOException {
        for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
            channel.configureBlocking(false);
            channel.socket().setTcpNoDelay(true);
            channel.register(selector, SelectionKey.OP_READ, conversations.get());
        }
    }

    private void goOn(SelectionKey key) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            if (key.isReadable() && !read(channel)) {
                channel.close();
                return;
            }
            write(channel);
            int interest = out.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_WRITE;
            if (key.interestOps() != interest) {
                key.interestOps(interest);
            }
        } catch (IOException e) {
            channel.close();
        }
    }

    private boolean read(SocketChannel channel) throws IOException {
        if (channel.read(in) < 0) {
            return false;
        }
        take(in.flip());
        in.compact();
        if (!in.hasRemaining()) {
            throw new IOException("a message of more than " + in.capacity() + " bytes");
        }
        return true;
    }

    private void write(SocketChannel channel) throws IOException {
        for (ByteBuffer next = out.peek(); next != null; next = out.peek()) {
            channel.write(next);
            if (next.hasRemaining()) {
                return;
            }
            out.poll();
        }
    }
}
