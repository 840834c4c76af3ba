package dev.wick.gateway.client;

import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;

/**
 * Makes a channel of a listening TCP socket that the process was started with, as systemd and inetd
 * hand them down. The socket stays open in whoever holds it: what connects while no instance runs
 * waits there for the next one.
 *
 * <p>A socket comes as its maker left it, and mostly blocking, which would stop an event loop that
 * accepts once too often. Java can only change that for descriptor 0. Passing the socket through a
 * pair of local ones does it for any, for what Netty receives so it makes non-blocking
 * (docs/decisions/0008).
 */
final class InheritedSocket {

    private static final String EXPECTED = " (expected: a listening TCP socket)";

    // Linux' numbers, the same on all its machines that Netty's epoll exists for.
    private static final int SOL_SOCKET = 1;
    private static final int SO_TYPE = 3;
    private static final int SO_ACCEPTCONN = 30;
    private static final int SO_DOMAIN = 39;
    private static final int SOCK_STREAM = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int LAST_STANDARD_STREAM = 2;

    private InheritedSocket() {}

    /** Closes the descriptor, unless it is a standard stream: the channel has one of its own. */
    static ServerChannel epoll(int descriptor) throws IOException {
        checkListening(descriptor);
        int own = passed(descriptor);
        if (descriptor > LAST_STANDARD_STREAM) {
            new FileDescriptor(descriptor).close();
        }
        return new EpollServerSocketChannel(own);
    }

    /** Without epoll there is only what the JDK itself can do: descriptor 0, on Unix. */
    static ServerChannel nio(int descriptor) throws IOException {
        if (descriptor != 0) {
            throw new IOException(
                    name(descriptor)
                            + ": can't be taken over without epoll (expected: fd@0, or Linux)");
        }
        Channel channel = System.inheritedChannel();
        if (!(channel instanceof ServerSocketChannel server)
                || !(server.getLocalAddress() instanceof InetSocketAddress)) {
            throw new IOException(name(descriptor) + ": something else" + EXPECTED);
        }
        server.configureBlocking(false);
        return new NioServerSocketChannel(server);
    }

    private static void checkListening(int descriptor) throws IOException {
        int domain;
        boolean listening;
        try {
            Socket socket = new Socket(descriptor);
            domain = socket.getIntOpt(SOL_SOCKET, SO_DOMAIN);
            listening =
                    socket.getIntOpt(SOL_SOCKET, SO_TYPE) == SOCK_STREAM
                            && socket.getIntOpt(SOL_SOCKET, SO_ACCEPTCONN) != 0;
        } catch (IOException | RuntimeException e) {
            throw new IOException(name(descriptor) + ": no socket" + EXPECTED, e);
        }
        if (!listening) {
            throw new IOException(name(descriptor) + ": a socket that does not listen" + EXPECTED);
        }
        if (domain != AF_INET && domain != AF_INET6) {
            throw new IOException(name(descriptor) + ": a socket that is not TCP" + EXPECTED);
        }
    }

    /** The same socket under a descriptor of its own, non-blocking. */
    private static int passed(int descriptor) throws IOException {
        Socket receiver = Socket.newSocketDomainDgram();
        try {
            Socket sender = Socket.newSocketDomainDgram();
            try {
                DomainSocketAddress between = new DomainSocketAddress(abstractName());
                receiver.bind(between);
                sender.connect(between);
                int sent = sender.sendFd(descriptor);
                int received = sent < 0 ? sent : receiver.recvFd();
                if (received <= 0) {
                    throw new IOException(
                            name(descriptor) + ": can't be taken over (error " + -received + ")");
                }
                checkSame(descriptor, received);
                return received;
            } finally {
                sender.close();
            }
        } finally {
            receiver.close();
        }
    }

    /** The name between is open to all users of the machine for a moment. */
    static void checkSame(int descriptor, int received) throws IOException {
        try {
            checkListening(received);
            SocketAddress address = new Socket(received).localAddress();
            if (address != null && address.equals(new Socket(descriptor).localAddress())) {
                return;
            }
        } catch (IOException e) {
            // Neither is that what was sent.
        }
        new FileDescriptor(received).close();
        throw new IOException(name(descriptor) + ": another socket came in its place" + EXPECTED);
    }

    private static String abstractName() {
        return "\0wick-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    }

    private static String name(int descriptor) {
        return "fd@" + descriptor;
    }
}
