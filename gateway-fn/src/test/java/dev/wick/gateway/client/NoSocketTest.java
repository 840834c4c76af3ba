package dev.wick.gateway.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.ChannelException;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A process that has no file left to open hears of it on the loop that wanted one. */
class NoSocketTest {

    private static Loops loops;

    private final Loop loop = loops.loop(0);

    @BeforeAll
    static void start() {
        loops = Loops.start(1);
    }

    @AfterAll
    static void stop() {
        loops.close();
    }

    @Test
    void aCallFailsOnItsLoop() throws Exception {
        Origin origin = Origin.parse("http://127.0.0.1:9");
        ClientRequest request = ClientRequest.get("/", 5000, 10);
        assertFailsOnLoop(
                told ->
                        new ClientPool(loop, origin, NoSocket.class)
                                .send(ClientCall.whole(loop, request, new Failing(told))));
    }

    @Test
    void aProbeFailsOnItsLoop() throws Exception {
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        assertFailsOnLoop(
                told -> TcpProbe.start(loop, NoSocket.class, nobody, "", List.of(), 5000, told));
    }

    private void assertFailsOnLoop(Consumer<Consumer<String>> begin) throws Exception {
        CompletableFuture<String> told = new CompletableFuture<>();
        loop.execute(
                () -> begin.accept(why -> told.complete(why + ", on the loop: " + loop.inLoop())));
        String heard = told.get(10, TimeUnit.SECONDS);
        assertTrue(heard.startsWith("connection: "), heard);
        assertTrue(heard.endsWith(", on the loop: true"), heard);
    }

    private record Failing(Consumer<String> told) implements Answered {

        @Override
        public void answered(Answer answer) {
            told.accept("an answer of " + answer.status());
        }

        @Override
        public void failed(String why) {
            told.accept(why);
        }
    }

    /** As where the process has no file left to open. */
    public static final class NoSocket extends NioSocketChannel {
        public NoSocket() {
            throw new ChannelException("too many open files");
        }
    }
}
