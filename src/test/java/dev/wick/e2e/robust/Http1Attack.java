package dev.wick.e2e.robust;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What one client sends on one connection of HTTP/1: some requests, at least one of which is
 * malformed, ambiguous, or damaged by chance. Octets are characters here.
 */
final class Http1Attack {

    /** Fields that are put among those of a request. */
    private static final String[] FIELDS = {
        "Content-Length: 0",
        "Content-Length: 5",
        "Content-Length: +5",
        "Content-Length: -5",
        "Content-Length: 0x5",
        "Content-Length: 5, 5",
        "Content-Length: 5,6",
        "Content-Length: 5 5",
        "Content-Length: 5\t",
        "Content-Length : 5",
        "Content-Length\t: 5",
        "Content-Length:\u000b5",
        "Content-Length:",
        "Content-Length: 99999999999999999999",
        "Content-Length: 5\r\nContent-Length: 5",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content_Length: 5",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding: identity",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: identity, chunked",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding:\tchunked",
        "Transfer-Encoding:\u000bchunked",
        "Transfer-Encoding: chunked\0",
        "Transfer-Encoding: 'chunked'",
        "Transfer-Encoding: \"chunked\"",
        "Transfer-Encoding:\r\n chunked",
        "Transfer\r\n-Encoding: chunked",
        "X-A: y\nTransfer-Encoding: chunked",
        "X-A: y\rTransfer-Encoding: chunked",
        "Transfer-Encoding: ChUnKeD",
        "Transfer-Encoding: chunked;q=1",
        "Transfer-Encoding: chunked,",
        "Transfer-Encoding: , chunked",
        "Transfer_Encoding: chunked",
        " Transfer-Encoding: chunked",
        "X-A: b\r\n Transfer-Encoding: chunked",
        "Host: other.test",
        "Host : HOST",
        "host: HOST",
        " Host: HOST",
        "Host:",
        "Host: a@HOST",
        "Host: HOST:80:80",
        "Host: HOST/x",
        "Host: HOST\0",
        "Connection: close, content-length",
        "Connection: transfer-encoding",
        "Connection: host",
        "Connection: x-forwarded-for, x-request-id, x-forwarded-proto",
        "Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAAA",
        "Connection: Upgrade\r\nUpgrade: websocket",
        "Upgrade: websocket",
        "Keep-Alive: 5",
        "Proxy-Connection: keep-alive",
        "TE: trailers, chunked",
        "Trailer: content-length",
        "X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For:\r\nX-Forwarded-Proto: https",
        "X-Envoy-Internal: true",
        "X-Request-Id: a\r\nX-Request-Id: b",
        "X-A: a\0b",
        "X-A: a\u0001b",
        "X-A: a\rb",
        "X-A: a\nb",
        "X-A: \u00ff\u00fe",
        "X-A: a\u007fb",
        ": nothing",
        "no colon",
        "X(y): z",
        "X y: z",
        "\tX-A: folded",
        "X-A: a\r\n\tb",
        "Expect: 100-continue",
        "Expect: 200-maybe"
    };

    /** Request lines: PATH and HOST are put in. */
    private static final String[] LINES = {
        "GET  PATH HTTP/1.1",
        "GET\tPATH HTTP/1.1",
        "GET PATH\tHTTP/1.1",
        " GET PATH HTTP/1.1",
        "GET PATH HTTP/1.1 ",
        "GET PATH",
        "GET PATH HTTP/0.9",
        "GET PATH HTTP/1.0",
        "GET PATH HTTP/1.2",
        "GET PATH HTTP/2.0",
        "GET PATH HTTP/01.1",
        "GET PATH HTTP/1.1.1",
        "GET PATH http/1.1",
        "GET PATH HTTP/1.1\u000b",
        "G\0T PATH HTTP/1.1",
        "G(T PATH HTTP/1.1",
        "get PATH HTTP/1.1",
        "GET PATH#part HTTP/1.1",
        "GET PATH HTTP/1.1\rX-A: y",
        "GET PATH HTTP/1.1\nX-A: y",
        "GET PATH?x= HTTP/1.1\r\nHost: HOST\r\n\r\nGET /smuggled HTTP/1.1",
        "GET PATH?x=\r\n HTTP/1.1",
        "GET http://other.test/PATH HTTP/1.1",
        "GET http://HOST/PATH HTTP/1.1",
        "GET https://HOST HTTP/1.1",
        "GET http://HOST?q HTTP/1.1",
        "GET http://HOST:80@other.test/PATH HTTP/1.1",
        "GET http:///PATH HTTP/1.1",
        "GET ftp://HOST/PATH HTTP/1.1",
        "GET //other.test/PATH HTTP/1.1",
        "GET * HTTP/1.1",
        "OPTIONS * HTTP/1.1",
        "GET PATH%0d%0aX-A:%20y HTTP/1.1",
        "GET PATH/%00/../..//x HTTP/1.1",
        "CONNECT HOST:443 HTTP/1.1",
        "CONNECT / HTTP/1.1",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n",
        "GET \\PATH HTTP/1.1",
        "GET PATH x HTTP/1.1",
        "GET PATH\u00c3\u00a4 HTTP/1.1",
        "GET PATH\u007f HTTP/1.1",
        "GET  HTTP/1.1",
        "",
        "\0"
    };

    /** Bodies after {@code Transfer-Encoding: chunked}. */
    private static final String[] CHUNKS = {
        "5;a=b\r\nhello\r\n0\r\n\r\n",
        "5 ;a\r\nhello\r\n0\r\n\r\n",
        "5;a=\"\r\nhello\r\n0\r\n\r\n",
        "5;\0\r\nhello\r\n0\r\n\r\n",
        "5;a\nhello\r\n0\r\n\r\n",
        "5;a\rb\r\nhello\r\n0\r\n\r\n",
        "0005\r\nhello\r\n000\r\n\r\n",
        "0x5\r\nhello\r\n0\r\n\r\n",
        "+5\r\nhello\r\n0\r\n\r\n",
        "-5\r\nhello\r\n0\r\n\r\n",
        " 5\r\nhello\r\n0\r\n\r\n",
        "5 \r\nhello\r\n0\r\n\r\n",
        "5\t\r\nhello\r\n0\r\n\r\n",
        "5\nhello\n0\n\n",
        "5\rhello\r0\r\r",
        "5\r\nhello\n0\r\n\r\n",
        "5\r\nhello0\r\n\r\n",
        "5\r\nhelloX\r\n0\r\n\r\n",
        "4\r\nhello\r\n0\r\n\r\n",
        "6\r\nhello\r\n0\r\n\r\n",
        "\r\nhello\r\n0\r\n\r\n",
        "g\r\nhello\r\n0\r\n\r\n",
        "FFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n",
        "100000000000000005\r\nhello\r\n0\r\n\r\n",
        "7fffffffffffffff\r\nhello\r\n0\r\n\r\n",
        "5\r\nhello\r\n0\r\n",
        "5\r\nhello\r\n0\n\n",
        "5\r\nhello\r\n0;x\r\n\r\n",
        "5\r\nhello\r\n0\r\nContent-Length: 5\r\n\r\n",
        "5\r\nhello\r\n0\r\nTransfer-Encoding: chunked\r\nHost: other.test\r\n\r\n",
        "5\r\nhello\r\n0\r\nX-A : y\r\n\r\n",
        "5\r\nhello\r\n0\r\n x: folded\r\n\r\n",
        "5\r\nhello\r\n0\r\nX-A: a\0b\r\n\r\n",
        "5\r\nhello\r\n0\r\nno colon\r\n\r\n",
        "5\r\nhello\r\n0\r\n\rGET /smuggled HTTP/1.1\r\n\r\n",
        "0\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
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
        ";",
        "0",
        "ffff",
        "-1",
        "chunked",
        "#",
        "\u00ff",
        "HTTP/1.0",
        "HTTP/2.0",
        "\r\n\r\n",
        "\r\n\r\n\r\n",
        "CONNECT ",
        "OPTIONS * "
    };

    private static final int MOST_REQUESTS = 3;

    private final Random random;
    private final String host;
    private final String tag;

    private Http1Attack(Random random, String host, String tag) {
        this.random = random;
        this.host = host;
        this.tag = tag;
    }

    /**
     * @param tag a path of which all requests' targets begin
     */
    static String octets(Random random, String host, String tag) {
        return new Http1Attack(random, host, tag).octets();
    }

    private String octets() {
        StringBuilder all = new StringBuilder();
        int requests = 1 + random.nextInt(MOST_REQUESTS);
        int attacked = random.nextInt(requests);
        boolean damaged = random.nextInt(4) == 0;
        for (int i = 0; i < requests; i++) {
            all.append(request(i, i == attacked && !damaged));
        }
        for (int i = damaged ? 1 + random.nextInt(3) : 0; i > 0; i--) {
            damage(all);
        }
        return all.toString();
    }

    private <T> T one(T[] of) {
        return of[random.nextInt(of.length)];
    }

    private void damage(StringBuilder text) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
            case 0 -> text.insert(at, one(PIECES));
            case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(4)));
            case 2 -> text.setCharAt(at, (char) random.nextInt(256));
            default -> text.insert(at, one(FIELDS) + "\r\n");
        }
        if (text.isEmpty()) {
            text.append('x');
        }
    }

    private String request(int number, boolean attacked) {
        String path = tag + "/" + number;
        String smuggled = "GET /smuggled" + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
        List<String> lines = new ArrayList<>(List.of("GET PATH HTTP/1.1", "Host: HOST"));
        String body = "";
        int where = attacked ? random.nextInt(3) : -1;
        int kind = where == 2 ? 2 : random.nextInt(6);
        switch (kind) {
            case 0 -> {
                lines.set(0, "POST PATH HTTP/1.1");
                lines.add("Content-Length: " + smuggled.length());
                body = smuggled;
            }
            case 1, 2 -> {
                lines.set(0, "POST PATH HTTP/1.1");
                lines.add("Transfer-Encoding: chunked");
                body = where == 2 ? one(CHUNKS) : chunked(smuggled);
            }
            case 3 -> lines.set(0, "HEAD PATH HTTP/1.1");
            case 4 -> {
                lines.set(0, "PUT http://HOSTPATH HTTP/1.1");
                lines.add("Expect: 100-continue");
                lines.add("Content-Length: 2");
                body = "hi";
            }
            default -> lines.add("Accept: */*");
        }
        if (where == 0) {
            lines.set(0, one(LINES));
        } else if (where == 1) {
            lines.add(1 + random.nextInt(lines.size()), one(FIELDS));
        }
        String head = String.join("\r\n", lines) + "\r\n\r\n";
        return head.replace("HOST", host).replace("PATH", path) + body;
    }

    private String chunked(String text) {
        int cut = 1 + random.nextInt(text.length() - 1);
        return chunk(text.substring(0, cut)) + chunk(text.substring(cut)) + "0\r\n\r\n";
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }
}
