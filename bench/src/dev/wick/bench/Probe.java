package dev.wick.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** Asks a proxy until it answers. */
final class Probe {

    private static final long PAUSE_NANOS = 1_000_000;

    private Probe() {}

    /** Waits until something accepts connections at {@code port}. */
    static void listening(Proc proc, int port, long patienceMillis) {
        long deadline = System.nanoTime() + patienceMillis * 1_000_000;
        while (proc.alive() && System.nanoTime() < deadline) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                return;
            } catch (IOException e) {
                LockSupport.parkNanos(20 * PAUSE_NANOS);
            }
        }
        throw new Refusal(proc + " does not listen:\n" + proc.output());
    }

    /** Nanoseconds from {@code start} until the first byte of a 200 through {@code port} was there. */
    static long firstByte(Proc proc, int port, String host, long start, long patienceMillis) {
        while (proc.alive()) {
            if (answers(port, host)) {
                return System.nanoTime() - start;
            }
            if ((System.nanoTime() - start) / 1_000_000 > patienceMillis) {
                throw new Refusal(proc + " did not answer in " + patienceMillis + " ms:\n" + proc.output());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new Refusal(proc + " ended:\n" + proc.output());
    }

    private static boolean answers(int port, String host) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            socket.setSoTimeout(30_000);
            socket.setTcpNoDelay(true);
            String request = "GET / HTTP/1.1\r\nhost: " + host + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            byte[] status = in.readNBytes("HTTP/1.1 200".length());
            return new String(status, StandardCharsets.ISO_8859_1).equals("HTTP/1.1 200");
        } catch (IOException e) {
            return false;
        }
    }
}
