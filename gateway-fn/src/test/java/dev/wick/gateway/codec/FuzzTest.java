package dev.wick.gateway.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.http.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Requests spoilt at random: refused or read, the same however they are cut, and never passed on as
 * something else.
 */
class FuzzTest {

    private static final int ROUNDS = Integer.getInteger("wick.rounds", 20_000);

    private static final String[] GOOD = {
        "GET /a?b HTTP/1.1\r\nHost: a\r\nAccept: */*\r\nX-Y: z\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a:80\r\nContent-Length: 5\r\n\r\nhelloGET / HTTP/1.1\r\n\r\n",
        "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "PUT http://b/ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTE: trailers\r\n\r\nA;x=y\r\n0123456789\r\n0\r\nX: y\r\n\r\n",
        "GET / HTTP/1.0\r\nConnection: keep-alive, X\r\nX: 1\r\n\r\n",
        "DELETE / HTTP/1.1\r\nHost: [::1]\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
    };

    private static final String[] SPOILS = {
        "\r",
        "\n",
        "\r\n",
        "\0",
        " ",
        "\t",
        ":",
        ";",
        ",",
        "0",
        "f",
        "-1",
        "chunked",
        "\u00ff",
        "\u007f",
        "\r\n ",
        "Host: b\r\n",
        "Content-Length: 3\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Connection: content-length\r\n",
        "\r\n\r\n",
        "HTTP/1.1"
    };

    @Test
    void aSpoiltRequestIsRefusedOrReadAsOneThing() {
        long seed = Long.getLong("wick.seed", System.nanoTime());
        System.out.println("seed: " + seed + " (again with -Dwick.seed=" + seed + ")");
        Random random = new Random(seed);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String bytes = spoilt(random);
            ReadRequest whole = ReadRequest.of(bytes, bytes.length());
            int size = 1 + random.nextInt(40);
            ReadRequest pieces = ReadRequest.of(bytes, size);
            String what = "seed " + seed + ", round " + round + ", size " + size + ": " + bytes;
            assertEquals(whole.refusal(), pieces.refusal(), what);
            if (whole.refusal() == null) {
                assertEquals(whole, pieces, what);
            }
            if (whole.complete()) {
                read++;
                isPassedOnAsItWasRead(whole, what);
            }
        }
        assertTrue(read > ROUNDS / 100, "read: " + read);
    }

    private static String spoilt(Random random) {
        StringBuilder bytes = new StringBuilder(GOOD[random.nextInt(GOOD.length)]);
        for (int spoils = random.nextInt(4); spoils >= 0; spoils--) {
            int at = random.nextInt(bytes.length());
            switch (random.nextInt(4)) {
                case 0 -> bytes.deleteCharAt(at);
                case 1 -> bytes.setCharAt(at, (char) random.nextInt(256));
                case 2 -> bytes.insert(lineStart(bytes, at), SPOILS[random.nextInt(SPOILS.length)]);
                default -> bytes.insert(at, SPOILS[random.nextInt(SPOILS.length)]);
            }
        }
        // A line without an end may be refused now or when its end comes.
        return bytes.append("\r\n\r\n").toString();
    }

    private static int lineStart(StringBuilder bytes, int at) {
        int lineFeed = bytes.lastIndexOf("\n", at);
        return lineFeed < 0 ? 0 : lineFeed + 1;
    }

    /** What goes to the host is one message, whose end is the end of what was read. */
    private static void isPassedOnAsItWasRead(ReadRequest read, String what) {
        RequestHead head = new RequestHead();
        String[] line = read.line().split(" ", -1);
        head.method(line[0]);
        head.authority(line[1].substring(line[1].indexOf("//") + 2));
        head.path(line[2]);
        for (String field : read.headers().isEmpty() ? new String[0] : read.headers().split("\n")) {
            int colon = field.indexOf(": ");
            head.headers().add(field.substring(0, colon), field.substring(colon + 2));
        }
        BodyWriter body = new BodyWriter();
        StringBuilder wire = new StringBuilder();
        boolean end = read.body().isEmpty() && !read.headers().contains("content-length");
        ByteBuf bytes =
                new HeadWriter(new Workbench())
                        .request(UnpooledByteBufAllocator.DEFAULT, head, body, end);
        take(wire, bytes);
        if (!end) {
            ByteBuf data = Unpooled.copiedBuffer(read.body(), StandardCharsets.ISO_8859_1);
            assertTrue(
                    body.write(data, UnpooledByteBufAllocator.DEFAULT, part -> take(wire, part)),
                    what);
            assertTrue(body.end(null, part -> take(wire, part)), what);
        }
        if (head.authority().isEmpty()) {
            return;
        }
        ReadRequest again = ReadRequest.of(wire.toString(), wire.length());
        assertTrue(again.complete(), what);
        assertEquals(read.body(), again.body(), what);
        assertEquals("", again.rest(), what);
    }

    private static void take(StringBuilder wire, ByteBuf bytes) {
        wire.append(bytes.toString(StandardCharsets.ISO_8859_1));
        bytes.release();
    }
}
