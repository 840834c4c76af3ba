package dev.wick.e2e.robust;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What one client sends on one connection of HTTP/2: a sound request, one that is attacked with,
 * and where that must not end the connection another sound one. Says what of it may reach a host.
 */
final class Http2Attack {

    private static final String SMUGGLED =
            " HTTP/1.1\r\nHost: other.test\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: other.test\r\n\r\n";

    /** Pseudo header fields in the place of those of a request; (none) leaves one out. */
    private static final String[][] PSEUDO = {
        {":method", "(none)"},
        {":method", ""},
        {":method", "GET /smuggled" + SMUGGLED + "GET"},
        {":method", "GET "},
        {":method", "G\rT"},
        {":method", "CONNECT"},
        {":path", "(none)"},
        {":path", ""},
        {":path", "smuggled"},
        {":path", "*"},
        {":path", "/smuggled" + SMUGGLED},
        {":path", "/smuggled HTTP/1.1\r\nX-A: y"},
        {":path", "/smuggled x"},
        {":path", "/smuggled\0"},
        {":path", "/smuggled\n"},
        {":path", "/smuggled#part"},
        {":path", "http://other.test/smuggled"},
        {":scheme", "(none)"},
        {":scheme", "http\r\nX-A: y"},
        {":scheme", "ftp"},
        {":authority", "other.test\r\nX-A: y\r\n\r\nGET /smuggled HTTP/1.1"},
        {":authority", "a@HOST"},
        {":authority", "HOST/smuggled"},
        {":authority", "HOST other.test"},
        {":authority", ""},
        {":authority", "HOST\0"},
        {":status", "200"},
        {":protocol", "websocket"},
        {":unknown", "x"},
        {":", "x"}
    };

    /** Fields after those of a request. */
    private static final String[][] FIELDS = {
        {"X-Capital", "a"},
        {"connection", "close"},
        {"keep-alive", "5"},
        {"proxy-connection", "close"},
        {"transfer-encoding", "chunked"},
        {"transfer-encoding", "chunked\r\n"},
        {"upgrade", "h2c"},
        {"http2-settings", "AAAA"},
        {"te", "gzip"},
        {"te", "trailers, chunked"},
        {"host", "other.test"},
        {":path", "/smuggled"},
        {":method", "PUT"},
        {":authority", "other.test"},
        {":scheme", "https"},
        {"x-a", "a\r\nGET /smuggled HTTP/1.1\r\n\r\n"},
        {"x-a", "a\r\ntransfer-encoding: chunked"},
        {"x-a", "a\rb"},
        {"x-a", "a\nb"},
        {"x-a", "a\0b"},
        {"x-a", "a\u0001b"},
        {"x-a", "\r\n"},
        {"x-a\r\nx-b", "c"},
        {"x-a: b\r\ntransfer-encoding", "chunked"},
        {"x a", "b"},
        {"x-a:", "b"},
        {"x-a\0", "b"},
        {"x-\u00ff", "b"},
        {"", "b"},
        {"x_a", "b"},
        {"transfer_encoding", "chunked"},
        {"content-length", "-1"},
        {"content-length", "+3"},
        {"content-length", "3, 4"},
        {"content-length", "0x3"},
        {"content-length", ""},
        {"content-length", "99999999999999999999"}
    };

    /** Header blocks that HPACK does not have. */
    private static final String[] BLOCKS = {
        "\u0080",
        "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u0001",
        "\u00fe",
        "\u0000\u007fab",
        "\u0000\u0001x\u007f\u00ff\u00ff\u00ff\u00ff\u00ff\u0001",
        "\u0000\u0081\u00ff\u0001y",
        "\u0000\u0084\u00ff\u00ff\u00ff\u00ff\u0001y",
        "\u003f\u00ff\u00ff\u00ff\u00ff\u000f",
        "\u0082\u0020",
        "\u0040\u0001x",
        "\u0010"
    };

    private final Frames frames = new Frames();
    private final List<Message> whole = new ArrayList<>();
    private final List<Message> begun = new ArrayList<>();
    private final List<Message> wholeByLength = new ArrayList<>();
    private final List<Integer> awaited = new ArrayList<>();
    private final Random random;
    private final String host;
    private final String tag;
    private int stream = -1;
    private boolean damaged;
    private boolean ends;

    private Http2Attack(Random random, String host, String tag) {
        this.random = random;
        this.host = host;
        this.tag = tag;
    }

    /** One whose frames may be anything, but what the fields of its requests say is known. */
    static Http2Attack of(Random random, String host, String tag) {
        Http2Attack attack = new Http2Attack(random, host, tag);
        attack.frames.begin();
        attack.good();
        if (random.nextInt(3) < 2) {
            attack.attackRequest();
            attack.good();
        } else {
            attack.ends = true;
            attack.attackConnection();
            attack.maybeGood();
        }
        return attack;
    }

    /** Sound requests, some octets of which chance has changed: nobody knows what they say now. */
    static Http2Attack damaged(Random random, String host, String tag) {
        Http2Attack attack = new Http2Attack(random, host, tag);
        attack.damaged = true;
        attack.ends = true;
        attack.frames.begin();
        for (int i = random.nextInt(3); i >= 0; i--) {
            attack.good();
        }
        return attack;
    }

    /** What is sent. */
    byte[] octets() {
        byte[] octets = frames.octets();
        for (int i = damaged ? 1 + random.nextInt(4) : 0; i > 0; i--) {
            octets[24 + random.nextInt(octets.length - 24)] = (byte) random.nextInt(256);
        }
        return octets;
    }

    /** Requests that may reach a host. */
    List<Message> whole() {
        return whole;
    }

    /** Requests that may have begun to reach a host when they turned out to be none. */
    List<Message> begun() {
        return begun;
    }

    /**
     * Requests that turn out to be none after a body of the length that they told, as by DATA where
     * that is 0: where the length ends a request they may reach a host, for nobody waits with them.
     */
    List<Message> wholeByLength() {
        return wholeByLength;
    }

    /** Streams that must be answered or reset, unless the connection ends and {@link #mayEnd}. */
    List<Integer> awaited() {
        return awaited;
    }

    boolean mayEnd() {
        return ends;
    }

    private <T> T one(T[] of) {
        return of[random.nextInt(of.length)];
    }

    private List<String[]> request(String method) {
        stream += 2;
        return new ArrayList<>(
                List.of(
                        new String[] {":method", method},
                        new String[] {":scheme", "http"},
                        new String[] {":path", path()},
                        new String[] {":authority", host}));
    }

    private String path() {
        return tag + "/" + stream;
    }

    private static String block(List<String[]> fields) {
        StringBuilder block = new StringBuilder();
        fields.forEach(field -> block.append(Frames.field(field[0], field[1])));
        return block.toString();
    }

    private void head(List<String[]> fields, boolean last) {
        int flags = Frames.END_HEADERS | (last ? Frames.END_STREAM : 0);
        frames.frame(Frames.HEADERS, flags, stream, block(fields));
    }

    private void good() {
        maybeGood();
        awaited.add(stream);
    }

    /** A sound request, which a connection that ends takes along. */
    private void maybeGood() {
        String body = random.nextInt(3) == 0 ? "" : "GET /smuggled" + SMUGGLED;
        List<String[]> fields = request(body.isEmpty() ? "GET" : "POST");
        if (!body.isEmpty() && random.nextBoolean()) {
            fields.add(new String[] {"content-length", Integer.toString(body.length())});
        }
        head(fields, body.isEmpty());
        if (!body.isEmpty()) {
            int cut = random.nextInt(body.length());
            frames.frame(Frames.DATA, 0, stream, body.substring(0, cut));
            frames.frame(Frames.DATA, Frames.END_STREAM, stream, body.substring(cut));
        }
        whole.add(new Message(fields.getFirst()[1], path(), host, body));
    }

    private void attackRequest() {
        switch (random.nextInt(5)) {
            case 0, 1 -> pseudo(one(PSEUDO));
            case 2, 3 -> field(one(FIELDS));
            default -> length();
        }
        if (random.nextInt(8) == 0) {
            stream += 2 * random.nextInt(3);
        }
    }

    private void pseudo(String[] instead) {
        List<String[]> fields = request("GET");
        fields.removeIf(field -> field[0].equals(instead[0]));
        if (!instead[1].equals("(none)")) {
            fields.add(
                    random.nextInt(fields.size() + 1),
                    new String[] {instead[0], instead[1].replace("HOST", host)});
        }
        head(fields, random.nextBoolean());
    }

    private void field(String[] added) {
        List<String[]> fields = request("POST");
        fields.add(added);
        boolean bare = random.nextBoolean();
        head(fields, bare);
        if (!bare) {
            frames.frame(Frames.DATA, Frames.END_STREAM, stream, "abc");
        }
    }

    /** A length that is not the body's, or trailers that are none. */
    private void length() {
        List<String[]> fields = request("POST");
        boolean trailers = random.nextInt(3) == 0;
        int said = trailers ? 3 : List.of(0, 1, 2, 4, 100).get(random.nextInt(5));
        fields.add(new String[] {"content-length", Integer.toString(said)});
        boolean bare = !trailers && said != 0 && random.nextInt(4) == 0;
        head(fields, bare);
        begun.add(new Message("POST", path(), host, "abc"));
        if (said == 0) {
            wholeByLength.add(new Message("POST", path(), host, ""));
        }
        if (bare) {
            return;
        }
        frames.frame(Frames.DATA, trailers ? 0 : Frames.END_STREAM, stream, "abc");
        if (trailers) {
            boolean pseudo = random.nextBoolean();
            String[] bad = one(pseudo ? PSEUDO : FIELDS);
            // Some of the fields may stand there, and others say nothing of the body.
            (pseudo ? wholeByLength : whole).add(begun.getLast());
            int flags = Frames.END_HEADERS | Frames.END_STREAM;
            frames.frame(Frames.HEADERS, flags, stream, Frames.field(bad[0], bad[1]));
        }
    }

    private void attackConnection() {
        switch (random.nextInt(6)) {
            case 0 -> compression();
            case 1 -> continuations();
            case 2 -> flood();
            case 3 -> streams();
            case 4 -> sizes();
            default -> settings();
        }
    }

    private void compression() {
        stream += 2;
        frames.frame(Frames.HEADERS, 5, stream, one(BLOCKS));
    }

    private void continuations() {
        List<String[]> fields = request("GET");
        int kind = random.nextInt(4);
        frames.frame(Frames.HEADERS, Frames.END_STREAM, stream, block(fields));
        for (int i = 0; i < (kind == 0 ? 500 : 20); i++) {
            String more = kind == 1 ? "" : Frames.field("x-" + i, "y".repeat(kind == 2 ? 8000 : 8));
            frames.frame(Frames.CONTINUATION, 0, stream, more);
        }
        if (kind == 3) {
            frames.frame(Frames.PING, 0, 0, "12345678");
        }
        frames.frame(Frames.CONTINUATION, Frames.END_HEADERS, stream, "");
        whole.add(new Message("GET", path(), host, ""));
    }

    private void flood() {
        int kind = random.nextInt(6);
        for (int i = 0; i < 300; i++) {
            switch (kind) {
                case 0 -> frames.frame(Frames.PING, 0, 0, "12345678");
                case 1 -> frames.frame(Frames.SETTINGS, 0, 0, "");
                case 2 -> {
                    head(request("GET"), true);
                    whole.add(new Message("GET", path(), host, ""));
                    frames.frame(Frames.RST_STREAM, 0, stream, Frames.number(8));
                }
                case 3 -> frames.frame(Frames.PRIORITY, 0, 2 * i + 1, Frames.number(0) + "a");
                case 4 -> frames.frame(Frames.WINDOW_UPDATE, 0, 0, Frames.number(1));
                default -> empty(i);
            }
        }
    }

    private void empty(int before) {
        if (before == 0) {
            head(request("POST"), false);
            begun.add(new Message("POST", path(), host, ""));
        }
        frames.frame(Frames.DATA, 0, stream, "");
    }

    private void streams() {
        String block = block(request("GET"));
        int[] wrong = {0, 2, stream - 2, stream + 100, 0x7fffffff};
        int on = wrong[random.nextInt(wrong.length)];
        switch (random.nextInt(6)) {
            case 0 -> frames.frame(Frames.HEADERS, 5, on == stream + 100 ? 0 : on, block);
            case 1 -> frames.frame(Frames.DATA, 1, on, "abc");
            case 2 -> frames.frame(Frames.RST_STREAM, 0, on, Frames.number(8));
            case 3 -> frames.frame(Frames.WINDOW_UPDATE, 0, on, Frames.number(0));
            case 4 -> frames.frame(Frames.PUSH_PROMISE, 4, on, Frames.number(2) + block);
            default -> frames.frame(Frames.CONTINUATION, 4, on, block);
        }
        // What is said there is sound, on a stream that may or may not be.
        whole.add(new Message("GET", path(), host, ""));
    }

    private void sizes() {
        switch (random.nextInt(7)) {
            case 0 -> frames.frame(Frames.PING, 0, 0, "1234567");
            case 1 -> frames.frame(Frames.SETTINGS, 0, 0, "12345");
            case 2 -> frames.frame(Frames.RST_STREAM, 0, stream, "123");
            case 3 -> frames.frame(16_385, Frames.DATA, 0, stream, "a".repeat(16_385));
            case 4 -> frames.frame(Frames.GOAWAY, 0, 0, "1234567");
            case 5 -> frames.frame(Frames.DATA, Frames.PADDED, stream, "\u00ffabc");
            default -> frames.frame(200, 200, 255, 0x7fffffff, "x".repeat(200));
        }
    }

    private void settings() {
        String[] values = {
            "\0\u0004\u0080\0\0\0", "\0\u0005\0\0\0\u0001", "\0\u0005\u00ff\0\0\0",
            "\0\u0002\0\0\0\u0002", "\0\u0001\u00ff\u00ff\u00ff\u00ff", "\0\u0003\0\0\0\0",
            "\0\u0004\0\0\0\0", "\0\u0006\0\0\0\u0001", "\u0012\u0034\0\0\0\u0001"
        };
        switch (random.nextInt(4)) {
            case 0 -> frames.frame(Frames.SETTINGS, Frames.ACK, 0, "123456");
            case 1 -> frames.frame(Frames.WINDOW_UPDATE, 0, 0, Frames.number(0x7fffffff));
            default -> frames.frame(Frames.SETTINGS, 0, 0, one(values));
        }
    }
}
