package dev.wick.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.upstream.RawHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Clients that send what is nearly HTTP, and leave when they like: nothing hangs, and nothing stays
 * behind.
 */
class RobustnessTest {

    private static final int ROUNDS = 600;

    private static final String[] SEEDS = {
        "GET /a HTTP/1.1\r\nHost: x.test\r\nAccept: */*\r\n\r\n",
        "POST /b HTTP/1.1\r\nHost: x.test\r\nContent-Length: 5\r\n\r\nhello",
        "POST /c HTTP/1.1\r\nHost: x.test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "POST /d HTTP/1.1\r\nHost: x.test\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi",
        "GET http://x.test/e HTTP/1.1\r\nHost: x.test\r\nConnection: close, x-a\r\nX-A: 1\r\n\r\n"
    };

    private static final String[] PIECES = {
        "\r\n",
        "\n",
        "\r",
        "\0",
        ":",
        " ",
        "\t",
        ",",
        "0",
        "ffff",
        "-1",
        "chunked",
        "Host: y\r\n",
        "Content-Length: 3\r\n",
        "Transfer-Encoding: chunked\r\n",
        "HTTP/1.0",
        "HTTP/2.0",
        "\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "#",
        "\u00ff",
        "CONNECT ",
        "OPTIONS * ",
        "Upgrade: x\r\n"
    };

    /** What a host was sent that two readers could take for two things. */
    private final List<String> ambiguous = new CopyOnWriteArrayList<>();

    /** Answers any request, whatever its body, and looks at each as a distrustful host would. */
    private RawHost host() throws IOException {
        return new RawHost(
                peer -> {
                    String head = peer.readHead();
                    while (head != null) {
                        look(head);
                        if (head.contains("\r\ncontent-length: ")) {
                            int at = head.indexOf("\r\ncontent-length: ") + 18;
                            peer.read(Integer.parseInt(head.substring(at, head.indexOf('\r', at))));
                        } else if (head.contains("\r\ntransfer-encoding: chunked\r\n")) {
                            chunks(peer);
                        }
                        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                        head = peer.readHead();
                    }
                });
    }

    /** Sound, framed in one way, for one host, and the gateway's own: it names every request. */
    private void look(String head) {
        String[] lines = head.split("\r\n", -1);
        boolean sound =
                lines[0].matches("[!-~]+ (/[!-~\\x80-\\xff]*|\\*) HTTP/1\\.1")
                        && count(lines, "host:") == 1
                        && count(lines, "x-request-id:") == 1
                        && count(lines, "content-length:") + count(lines, "transfer-encoding:")
                                <= 1;
        for (int i = 1; i < lines.length - 2; i++) {
            sound &= lines[i].matches("[!#-'*+.0-9A-Z^-z|~-]+: [\t -~\\x80-\\xff]*");
            sound &= !lines[i].startsWith("content-length:") || lines[i].matches(".*: [0-9]+");
            sound &= !lines[i].startsWith("transfer-encoding:") || lines[i].endsWith(": chunked");
        }
        if (!sound) {
            ambiguous.add(head);
        }
    }

    private static int count(String[] lines, String name) {
        int count = 0;
        for (String line : lines) {
            count += line.regionMatches(true, 0, name, 0, name.length()) ? 1 : 0;
        }
        return count;
    }

    private static void chunks(RawHost.Peer peer) throws IOException {
        int size = -1;
        while (size != 0) {
            StringBuilder line = new StringBuilder();
            while (line.indexOf("\r\n") < 0) {
                String octet = peer.read(1);
                if (octet.isEmpty()) {
                    return;
                }
                line.append(octet);
            }
            size = Integer.parseInt(line.substring(0, line.length() - 2), 16);
            peer.read(size + 2);
        }
    }

    private static byte[] mutated(Random random) {
        StringBuilder text = new StringBuilder();
        int requests = 1 + random.nextInt(3);
        for (int i = 0; i < requests; i++) {
            text.append(SEEDS[random.nextInt(SEEDS.length)]);
        }
        int mutations = random.nextInt(4);
        for (int i = 0; i < mutations; i++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(4)));
                default -> text.setCharAt(at, (char) random.nextInt(256));
            }
            if (text.isEmpty()) {
                text.append("x");
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Sends in pieces, listens for a moment or not at all, and leaves by FIN or RST. */
    private static void visit(int port, byte[] octets, Random random) {
        try (RawClient client = new RawClient(port)) {
            client.socket().setSoTimeout(1 + random.nextInt(20));
            int at = 0;
            while (at < octets.length) {
                int length = Math.min(octets.length - at, 1 + random.nextInt(80));
                client.socket().getOutputStream().write(octets, at, length);
                at += length;
            }
            if (random.nextBoolean()) {
                client.rest();
            }
            client.socket().setSoLinger(random.nextBoolean(), 0);
        } catch (IOException e) {
            // The gateway has hung up on it: as it may.
            return;
        }
    }

    private static void settles(RunningEdge edge) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (edge.listeners.connections() > 0
                || edge.metric("envoy_http_downstream_rq_active") > 0) {
            assertTrue(
                    System.nanoTime() < end,
                    () -> {
                        try {
                            return edge.listeners.connections()
                                    + " connections, requests: "
                                    + edge.metric("envoy_http_downstream_rq_active");
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
            Thread.sleep(20); // before it is asked again
        }
    }

    @Test
    void mutatedHttp1LeavesNothingBehind() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        try (RawHost host = host();
                RunningEdge edge = RunningEdge.to(host.port())) {
            for (int i = 0; i < ROUNDS; i++) {
                visit(edge.port(), mutated(random), random);
            }
            settles(edge);
            assertEquals(List.of(), ambiguous, "forwarded, of seed " + seed);
            try (RawClient next = new RawClient(edge.port())) {
                assertTrue(next.get("/").response().endsWith("ok"));
            }
        }
    }

    @Test
    void mutatedHttp2LeavesNothingBehind() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        try (RawHost host = host();
                RunningEdge edge = RunningEdge.to(host.port())) {
            for (int i = 0; i < ROUNDS; i++) {
                visit(edge.port(), frames(random), random);
            }
            settles(edge);
            assertEquals(List.of(), ambiguous, "forwarded, of seed " + seed);
            try (RawHttp2Client next = new RawHttp2Client(edge.port())) {
                next.get(1, "/");
                assertEquals("ok", next.answer(1).body.toString());
            }
        }
    }

    /** A preface and some frames, most of them sound. */
    private static byte[] frames(Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(out, RawHttp2Client.SETTINGS, 0, 0, new byte[0]);
        // :method GET, :scheme http, :path /, :authority x.test, from the static table.
        byte[] head = {
            (byte) 0x82, (byte) 0x86, (byte) 0x84, 0x41, 6, 'x', '.', 't', 'e', 's', 't'
        };
        int frames = 1 + random.nextInt(6);
        int stream = 1;
        for (int i = 0; i < frames; i++) {
            byte[] payload = head.clone();
            if (random.nextInt(3) == 0) {
                payload[random.nextInt(payload.length)] = (byte) random.nextInt(256);
            }
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    frame(out, RawHttp2Client.HEADERS, random.nextInt(6), stream, payload);
                    stream += 2;
                }
                case 2 ->
                        frame(
                                out,
                                RawHttp2Client.DATA,
                                random.nextInt(2),
                                Math.max(1, stream - 2),
                                payload);
                case 3 ->
                        frame(
                                out,
                                RawHttp2Client.RST_STREAM,
                                0,
                                Math.max(1, stream - 2),
                                RawHttp2Client.number(8));
                default ->
                        frame(
                                out,
                                random.nextInt(12),
                                random.nextInt(256),
                                random.nextInt(4),
                                payload);
            }
        }
        return out.toByteArray();
    }

    private static void frame(
            ByteArrayOutputStream out, int type, int flags, int stream, byte[] payload) {
        out.write(0);
        out.write(payload.length >> 8);
        out.write(payload.length);
        out.write(type);
        out.write(flags);
        out.writeBytes(RawHttp2Client.number(stream));
        out.writeBytes(payload);
    }
}
