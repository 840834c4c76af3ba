package dev.wick.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** A client that asks again and again on one connection, on a thread of its own, until what it waits for is the answer. */
final class Watching implements AutoCloseable {

    /** As often as it can be without taking the machine from what is measured. */
    private static final long PAUSE_NANOS = 500_000;

    private static final int PATIENCE_SECONDS = 30;

    private final Socket socket;
    private final String host;
    private final String awaited;
    private final CompletableFuture<Long> seen = new CompletableFuture<>();

    /** {@code awaited}: a body of one octet. */
    Watching(int port, String host, String awaited) throws IOException {
        this.host = host;
        this.awaited = awaited;
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_SECONDS * 1_000);
        InputStream in = new BufferedInputStream(socket.getInputStream());
        ask(in);
        Thread.ofPlatform().daemon().start(() -> watch(in));
    }

    /** When the answer came, in {@link System#nanoTime}. */
    long seen() throws InterruptedException {
        try {
            return seen.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new Refusal("a request while a cluster changed: " + e.getCause());
        } catch (TimeoutException e) {
            throw new Refusal("a change is not served after " + PATIENCE_SECONDS + " s");
        }
    }

    private void watch(InputStream in) {
        try {
            while (!ask(in).equals(awaited)) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            seen.complete(System.nanoTime());
        } catch (IOException e) {
            seen.completeExceptionally(e);
        }
    }

    private String ask(InputStream in) throws IOException {
        String request = "GET / HTTP/1.1\r\nhost: " + host + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || head.lastIndexOf("\r\n\r\n") != head.length() - 4) {
            head.append(octet(in));
        }
        if (!head.toString().startsWith("HTTP/1.1 200")) {
            throw new IOException(head.toString().strip());
        }
        return "" + octet(in);
    }

    private static char octet(InputStream in) throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw new EOFException("the instance hung up");
        }
        return (char) octet;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
