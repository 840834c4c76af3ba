package dev.wick.e2e.robust;

import dev.wick.e2e.harness.LoopbackServer;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A host that trusts nobody: it takes requests only as the strictest reader would, complains of
 * what two readers could take for two things, and keeps what it took. One virtual thread a
 * connection; thread-safe.
 */
abstract class Wary implements AutoCloseable {

    private final LoopbackServer server;
    private final Queue<Message> whole = new ConcurrentLinkedQueue<>();
    private final Queue<Message> broken = new ConcurrentLinkedQueue<>();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    Wary() {
        server = new LoopbackServer(this::serve);
    }

    int port() {
        return server.port();
    }

    /** What a cluster of such hosts says besides their addresses. */
    abstract String options();

    /**
     * Whether a request is whole here with the last octet of the length that its head tells,
     * whatever the client sends then.
     */
    abstract boolean endsByLength();

    /** Serves one connection to its end. */
    abstract void serve(Socket socket) throws IOException;

    final void took(Message message) {
        whole.add(message);
    }

    final void brokeOff(Message message) {
        broken.add(message);
    }

    final void complain(String of) {
        complaints.add(of);
    }

    /** Requests that came whole since this was asked last. */
    final List<Message> whole() {
        return drained(whole);
    }

    /** Requests that ended before they were whole, since this was asked last. */
    final List<Message> broken() {
        return drained(broken);
    }

    /** What was ambiguous since this was asked last. */
    final List<String> complaints() {
        return drained(complaints);
    }

    private static <T> List<T> drained(Queue<T> from) {
        List<T> all = new ArrayList<>();
        for (T one = from.poll(); one != null; one = from.poll()) {
            all.add(one);
        }
        return all;
    }

    @Override
    public final void close() {
        server.close();
    }
}
