package dev.wick.gateway.client;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes through a name that all users of the machine may send to. */
final class PassedSocketTest {

    @BeforeEach
    void needsEpoll() {
        assumeTrue(Epoll.isAvailable(), "no epoll here");
    }

    private static Socket bound() throws IOException {
        Socket socket = Socket.newSocketStream();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return socket;
    }

    private static Socket listening() throws IOException {
        Socket socket = bound();
        socket.listen(1);
        return socket;
    }

    private static void assertRefused(Socket ours, Socket other) {
        IOException refusal =
                assertThrows(
                        IOException.class,
                        () -> InheritedSocket.checkSame(ours.intValue(), other.intValue()));
        assertTrue(refusal.getMessage().contains("another socket came"), refusal.getMessage());
        assertThrows(IOException.class, other::isReuseAddress, "it is closed");
    }

    @Test
    void anotherSocketThanTheOneThatWasSentIsRefused() throws Exception {
        Socket ours = listening();
        try {
            assertDoesNotThrow(() -> InheritedSocket.checkSame(ours.intValue(), ours.intValue()));
            assertRefused(ours, listening());
            assertRefused(ours, bound());
            assertFalse(ours.isReuseAddress(), "ours is open");
        } finally {
            ours.close();
        }
    }
}
