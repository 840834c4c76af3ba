package dev.wick.gateway.client;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The event loops of the process: epoll where it is available, else NIO. Made once, by {@code
 * boot}; safe for use by any thread.
 */
public final class Loops implements AutoCloseable {

    private final EventLoopGroup group;
    private final Loop[] loops;
    private final Class<? extends ServerChannel> serverChannel;
    private final Class<? extends SocketChannel> channel;

    private Loops(
            EventLoopGroup group,
            int size,
            Class<? extends ServerChannel> serverChannel,
            Class<? extends SocketChannel> channel) {
        this.group = group;
        this.serverChannel = serverChannel;
        this.channel = channel;
        this.loops = new Loop[size];
        for (int i = 0; i < size; i++) {
            loops[i] = new Loop(i, group.next());
        }
    }

    /** As many loops as there are processors. */
    public static Loops start() {
        return start(Runtime.getRuntime().availableProcessors());
    }

    /** Threads start with the first work that their loop is given. */
    public static Loops start(int size) {
        NettySettings.apply(size);
        ThreadFactory threads = new DefaultThreadFactory("loop", true);
        if (Epoll.isAvailable()) {
            return new Loops(
                    new EpollEventLoopGroup(size, threads),
                    size,
                    EpollServerSocketChannel.class,
                    EpollSocketChannel.class);
        }
        return new Loops(
                new NioEventLoopGroup(size, threads),
                size,
                NioServerSocketChannel.class,
                NioSocketChannel.class);
    }

    public int size() {
        return loops.length;
    }

    /** Loop {@code index}, 0 to {@link #size()} - 1. */
    public Loop loop(int index) {
        return loops[index];
    }

    /** The loop of a channel's event loop, which must be one of these. */
    public Loop of(EventLoop eventLoop) {
        for (Loop loop : loops) {
            if (loop.eventLoop() == eventLoop) {
                return loop;
            }
        }
        throw new IllegalArgumentException("event loop: " + eventLoop + " (expected: one of ours)");
    }

    /** The loop whose thread this is, or null. */
    public @Nullable Loop current() {
        for (Loop loop : loops) {
            if (loop.inLoop()) {
                return loop;
            }
        }
        return null;
    }

    /** For server bootstraps. */
    public EventLoopGroup group() {
        return group;
    }

    public Class<? extends ServerChannel> serverChannel() {
        return serverChannel;
    }

    /**
     * A channel, not registered yet, of a listening TCP socket that the process was started with.
     *
     * @param descriptor its number, 0 or more; 0 only, where there is no epoll
     * @throws IOException with a sentence for the operator, where it is none
     */
    public ServerChannel inherited(int descriptor) throws IOException {
        return serverChannel == EpollServerSocketChannel.class
                ? InheritedSocket.epoll(descriptor)
                : InheritedSocket.nio(descriptor);
    }

    public Class<? extends SocketChannel> channel() {
        return channel;
    }

    /** Ends the loops and closes what is open on them; waits a second at most. */
    @Override
    public void close() {
        // No quiet period: whoever closes has drained before, and a stop should not take the
        // default two seconds.
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
}
