package dev.wick.e2e.harness;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a WebSocket client of the JDK heard, one word and a text each: {@code text hello}, or {@code
 * text+ hel} where more of it follows. Thread-safe.
 */
public final class Heard implements WebSocket.Listener {

    private final BlockingQueue<String> all = new LinkedBlockingQueue<>();

    /** The next one, in order; {@code nothing} if none comes in 20 seconds. */
    public String next() throws InterruptedException {
        String next = all.poll(20, TimeUnit.SECONDS);
        return next == null ? "nothing" : next;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        all.add((last ? "text " : "text+ ") + data);
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        all.add((last ? "binary " : "binary+ ") + data.remaining());
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer data) {
        all.add("ping " + StandardCharsets.UTF_8.decode(data));
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer data) {
        all.add("pong " + StandardCharsets.UTF_8.decode(data));
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        all.add("close " + status + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        all.add("error " + error);
    }
}
