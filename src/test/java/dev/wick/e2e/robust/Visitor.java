package dev.wick.e2e.robust;

import dev.wick.e2e.harness.Http1;
import dev.wick.e2e.harness.Http2;
import dev.wick.e2e.harness.Reply;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Visits a gateway with one attack after the other, each on a connection of its own, and looks at
 * what its hosts were sent. One thread.
 */
final class Visitor implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    /** What a host was sent may be looked at some visits later, where the client left at once. */
    private static final int REMEMBERED = 2_000;

    private final int port;
    private final String host;
    private final String otherHost;
    private final Queue<String> complaints;
    private final Wary known;
    private final Wary unknown;
    private final Deque<Message> whole = new ArrayDeque<>();
    private final Deque<Message> begun = new ArrayDeque<>();
    private int forwarded;
    private boolean complained;

    /**
     * @param host name of the domain to which it sends what is known to the octet
     * @param otherHost the same for what chance has changed
     * @param hosts makes the host of each
     */
    Visitor(
            String host,
            String otherHost,
            Supplier<Wary> hosts,
            int port,
            Queue<String> complaints) {
        this.host = host;
        this.otherHost = otherHost;
        this.known = hosts.get();
        this.unknown = hosts.get();
        this.port = port;
        this.complaints = complaints;
    }

    /** The hosts that it looks at, as documents. */
    String documents() {
        return documents(host, known) + documents(otherHost, unknown);
    }

    private static String documents(String name, Wary host) {
        return """
        kind: VirtualHost
        name: %s
        domains: [%s.test]
        routes: [{match: {path: {prefix: /}}, route: {cluster: %s}}]
        ---
        kind: Cluster
        name: %s
        endpoints: [{address: 127.0.0.1, port: %d}]
        %s---
        """
                .formatted(name, name, name, name, host.port(), host.options());
    }

    /** How many requests its hosts took. */
    int forwarded() {
        return forwarded;
    }

    /** Attacks once, and asks for something good on a fresh connection. */
    void visit(long number, Random random) {
        String tag = "/" + host + "/" + number;
        complained = false;
        String sent = number % 2 == 0 ? http1(tag, random) : http2(tag, random);
        good(tag, number);
        look();
        if (complained) {
            complain("  after " + tag + ", which sent: " + shown(sent));
        }
    }

    private void complain(String of) {
        complained = true;
        complaints.add(of);
    }

    private static String shown(String octets) {
        StringBuilder shown = new StringBuilder();
        for (char c : octets.toCharArray()) {
            shown.append(c >= ' ' && c < 0x7f ? "" + c : "\\x%02x".formatted((int) c));
        }
        return shown.length() > 4_000 ? shown.substring(0, 4_000) + "..." : shown.toString();
    }

    private void good(String tag, long number) {
        Message message = new Message("GET", tag + "/good", host + ".test", "");
        remember(List.of(message), List.of());
        try {
            Reply reply;
            if (number % 3 == 0) {
                try (Http2 client = Http2.open(port)) {
                    reply = client.send("GET", message.host(), message.target(), "").join();
                }
            } else {
                reply = Http1.get(port, message.host(), message.target());
            }
            if (reply.status() != 200 || !reply.text().equals("ok")) {
                complain("a good request got " + reply.status() + " " + reply.text());
            }
        } catch (RuntimeException e) {
            complain("a good request got none: " + e);
        }
    }

    private void remember(List<Message> complete, List<Message> beginnings) {
        whole.addAll(complete);
        begun.addAll(beginnings);
        while (whole.size() > REMEMBERED) {
            whole.poll();
        }
        while (begun.size() > REMEMBERED) {
            begun.poll();
        }
    }

    /** Looks at what the hosts were sent: what was sent once may come once. */
    void look() {
        known.complaints().forEach(this::complain);
        unknown.complaints().forEach(this::complain);
        for (Message message : known.whole()) {
            forwarded++;
            if (!whole.remove(message)) {
                complain("forwarded, and not sent: " + message);
            }
        }
        for (Message message : known.broken()) {
            if (whole.stream().noneMatch(message::begins)
                    && begun.stream().noneMatch(message::begins)) {
                complain("forwarded in part, and not sent: " + message);
            }
        }
        unknown.broken();
        for (Message message : unknown.whole()) {
            forwarded++;
            if (message.target().contains("smuggled")) {
                complain("smuggled: " + message);
            }
        }
    }

    private Socket open() throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
        return socket;
    }

    /** In a few pieces; a gateway that has heard enough may hang up meanwhile. */
    private static void send(Socket socket, byte[] octets, Random random) throws IOException {
        int pieces = 1 + random.nextInt(4);
        int at = 0;
        for (int i = 1; i <= pieces; i++) {
            int to = i == pieces ? octets.length : at + random.nextInt(octets.length - at + 1);
            socket.getOutputStream().write(octets, at, to - at);
            at = to;
        }
    }

    private String http1(String tag, Random random) {
        String octets = Http1Attack.octets(random, host + ".test", tag);
        Reading reading = Reading.of(octets);
        Message beginning = reading.begun();
        remember(reading.messages(), beginning == null ? List.of() : List.of(beginning));
        try (Socket socket = open()) {
            send(socket, octets.getBytes(StandardCharsets.ISO_8859_1), random);
            if (random.nextInt(8) == 0) {
                socket.setSoLinger(true, 0);
                return octets;
            }
            boolean incomplete = reading.end() == Reading.End.INCOMPLETE;
            if (incomplete || random.nextInt(8) == 0) {
                socket.shutdownOutput();
            } else if (reading.end() == Reading.End.COMPLETE) {
                Answers.await(socket.getInputStream(), reading.messages());
                socket.shutdownOutput();
            }
            socket.getInputStream().skip(Long.MAX_VALUE);
        } catch (SocketTimeoutException e) {
            complain("HTTP/1 hangs, of which is to be thought: " + reading.end());
        } catch (IOException e) {
            // It hung up, as it may.
        }
        return octets;
    }

    private String http2(String tag, Random random) {
        boolean damaged = random.nextInt(4) == 0;
        Http2Attack attack =
                damaged
                        ? Http2Attack.damaged(random, otherHost + ".test", tag)
                        : Http2Attack.of(random, host + ".test", tag);
        byte[] octets = attack.octets();
        if (!damaged) {
            remember(attack.whole(), attack.begun());
            remember(known.endsByLength() ? attack.wholeByLength() : List.of(), List.of());
        }
        try (Socket socket = open()) {
            send(socket, octets, random);
            if (!damaged) {
                send(socket, new Frames().frame(Frames.PING, 0, 0, "the last").octets(), random);
                if (!answered(socket, attack) && !attack.mayEnd()) {
                    complain("HTTP/2 ended for a request that is none");
                }
            }
            socket.shutdownOutput();
            socket.getInputStream().skip(Long.MAX_VALUE);
        } catch (SocketTimeoutException e) {
            complain("HTTP/2 hangs");
        } catch (IOException e) {
            if (!attack.mayEnd()) {
                complain("HTTP/2 ended for a request that is none: " + e);
            }
        }
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    /**
     * Reads until all that was sent has been looked at and, where the connection must not end, all
     * that must be is answered; false where the connection ended before.
     */
    private static boolean answered(Socket socket, Http2Attack attack) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        Set<Integer> awaited = new HashSet<>(attack.mayEnd() ? List.of() : attack.awaited());
        boolean last = false;
        try {
            while (!last || !awaited.isEmpty()) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int stream = in.readInt();
                String payload = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
                last |= type == Frames.PING && payload.equals("the last");
                boolean ended = type <= Frames.HEADERS && (flags & Frames.END_STREAM) != 0;
                if (ended || type == Frames.RST_STREAM) {
                    awaited.remove(stream);
                }
            }
            return true;
        } catch (EOFException | SocketException e) {
            return false;
        }
    }

    @Override
    public void close() {
        known.close();
        unknown.close();
    }

    /** Reads whole answers of HTTP/1. */
    private static final class Answers {

        /** Until all of {@code requests} are answered, or the other side has ended. */
        static void await(InputStream in, List<Message> requests) throws IOException {
            int left = requests.size();
            while (left > 0) {
                String head = head(in);
                if (head.isEmpty()) {
                    return;
                }
                if (!head.startsWith("HTTP/1.1 1")) {
                    String method = requests.get(requests.size() - left).method();
                    in.readNBytes(method.equals("HEAD") ? 0 : length(head));
                    left--;
                }
            }
        }

        private static int length(String head) {
            int at = head.indexOf("\r\ncontent-length: ");
            return at < 0
                    ? 0
                    : Integer.parseInt(head.substring(at + 18, head.indexOf('\r', at + 2)));
        }

        private static String head(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            int octet = in.read();
            while (octet >= 0) {
                head.append((char) octet);
                if (octet == '\n' && head.length() >= 4 && head.charAt(head.length() - 3) == '\n') {
                    return head.toString();
                }
                octet = in.read();
            }
            return "";
        }
    }
}
