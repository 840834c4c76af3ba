package dev.wick.gateway.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A host on loopback that does with each connection what a test says. */
public final class RawHost implements AutoCloseable {

    /** What happens on one connection. */
    public interface Script {
        void run(Peer peer) throws Exception;
    }

    private final ServerSocket server;
    private final Set<Socket> sockets = Collections.synchronizedSet(new HashSet<>());
    private final AtomicInteger connections = new AtomicInteger();

    public RawHost(Script script) throws IOException {
        this(0, script);
    }

    public RawHost(int port, Script script) throws IOException {
        server = new ServerSocket(port, 200, InetAddress.getByName("127.0.0.1"));
        Thread.ofVirtual().start(() -> accept(script));
    }

    /** Answers every request with that text, head and body, until the connection ends. */
    public static RawHost answering(String answer) throws IOException {
        return new RawHost(
                peer -> {
                    while (peer.readHead() != null) {
                        peer.send(answer);
                    }
                });
    }

    /** The same, and keeps the heads of the requests. */
    public static RawHost recording(Queue<String> heads, String answer) throws IOException {
        return new RawHost(
                peer -> {
                    for (String head = peer.readHead(); head != null; head = peer.readHead()) {
                        heads.add(head);
                        peer.send(answer);
                    }
                });
    }

    public int port() {
        return server.getLocalPort();
    }

    public int connections() {
        return connections.get();
    }

    private void accept(Script script) {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                int number = connections.incrementAndGet();
                Thread.ofVirtual().start(() -> run(script, socket, number));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private static void run(Script script, Socket socket, int number) {
        try (socket) {
            socket.setTcpNoDelay(true);
            script.run(new Peer(socket, number));
        } catch (IOException gone) {
            return;
        } catch (Exception failed) {
            failed.printStackTrace();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets.toArray(new Socket[0])) {
            socket.close();
        }
    }

    /** The other end of one connection. */
    public static final class Peer {

        private final Socket socket;
        private final int number;
        private final InputStream in;
        private final OutputStream out;

        Peer(Socket socket, int number) throws IOException {
            this.socket = socket;
            this.number = number;
            this.in = socket.getInputStream();
            this.out = socket.getOutputStream();
        }

        /** 1 for the first connection. */
        public int number() {
            return number;
        }

        public Socket socket() {
            return socket;
        }

        /** Up to and with the empty line, or null where the connection ended. */
        public String readHead() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
                int octet = in.read();
                if (octet < 0) {
                    return null;
                }
                head.append((char) octet);
            }
            return head.toString();
        }

        public String read(int length) throws IOException {
            return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        }

        public int readSome(byte[] bytes) throws IOException {
            return in.read(bytes);
        }

        public void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        public void send(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /** Ends the connection by a reset. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
