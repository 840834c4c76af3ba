package dev.wick.gateway.codec;

import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the heads of a connection's requests (RFC 9112), and says how the body of each is framed.
 * Confined to the loop of its workbench.
 *
 * <p>Fields that concern the connection only are not among the headers: {@code host} is the
 * authority, {@code transfer-encoding}, {@code connection} and what it nominates, {@code
 * keep-alive}, {@code proxy-connection}, {@code upgrade} and {@code te} (other than {@code
 * trailers}) are answered by methods. {@code content-length} and {@code expect} stay, and so do
 * {@code connection} and {@code upgrade} where the request is for an {@link #upgrade}. The body of
 * such a one, and of CONNECT, is all that comes until the connection ends.
 */
public final class RequestParser extends HeadParser {

    private static final RequestHead NONE = new RequestHead();
    private static final int VERSION = " HTTP/1.x".length();

    private RequestHead head = NONE;
    private boolean authorityInTarget;
    private boolean hostSeen;

    public RequestParser(Workbench bench) {
        super(bench);
    }

    /**
     * Reads on in a head.
     *
     * @param in what is read is skipped; when the head is complete it stands at the body
     * @param head filled in; empty, and the same one until it is complete
     * @return true when the head is complete: see {@link #body}. False when more bytes are needed,
     *     or when it is refused: see {@link #refusal}.
     */
    public boolean parse(ByteBuf in, RequestHead head) {
        this.head = head;
        return read(in);
    }

    /** Whether the client waits for 100 (Continue) before it sends the body. */
    public boolean expectsContinue() {
        return transfer.expectsContinue && transfer.minorVersion == 1;
    }

    @Override
    boolean skipsEmptyLines() {
        return true;
    }

    @Override
    Headers headers() {
        return head.headers();
    }

    @Override
    @Nullable Refusal firstLine(byte[] bytes, int start, int end) {
        authorityInTarget = false;
        hostSeen = false;
        head.scheme("http");
        head.authority("");
        int methodEnd = start;
        while (methodEnd < end && Octets.TOKEN[bytes[methodEnd] & 0xff] != 0) {
            methodEnd++;
        }
        int targetEnd = end - VERSION;
        if (methodEnd == start || bytes[methodEnd] != ' ') {
            return Refusal.REQUEST_LINE;
        }
        if (methodEnd + 1 >= targetEnd
                || !version(bytes, targetEnd + 1)
                || bytes[targetEnd] != ' ') {
            return otherVersion(new String(bytes, start, end - start, StandardCharsets.ISO_8859_1));
        }
        head.method(bench().values.value(bytes, start, methodEnd));
        return target(bytes, methodEnd + 1, targetEnd);
    }

    /** What is a request line in all but its version is told to upgrade, as by Envoy. */
    private static Refusal otherVersion(String line) {
        String[] words = line.split(" ", -1);
        boolean target = words.length > 1 && words[1].startsWith("/");
        boolean told = words.length == 2 || words.length == 3 && isVersion(words[2]);
        return target && told ? Refusal.VERSION : Refusal.REQUEST_LINE;
    }

    private static boolean isVersion(String word) {
        return word.length() == 8
                && word.startsWith("HTTP/")
                && Character.digit(word.charAt(5), 10) >= 0
                && word.charAt(6) == '.'
                && Character.digit(word.charAt(7), 10) >= 0;
    }

    private boolean version(byte[] bytes, int at) {
        transfer.minorVersion = bytes[at + 7] - '0';
        return bytes[at] == 'H'
                && bytes[at + 1] == 'T'
                && bytes[at + 2] == 'T'
                && bytes[at + 3] == 'P'
                && bytes[at + 4] == '/'
                && bytes[at + 5] == '1'
                && bytes[at + 6] == '.'
                && (transfer.minorVersion & ~1) == 0;
    }

    private @Nullable Refusal target(byte[] bytes, int start, int end) {
        if (head.connects()) {
            return connect(bytes, start, end);
        }
        for (int i = start; i < end; i++) {
            if (!Octets.TARGET[bytes[i] & 0xff]) {
                return Refusal.REQUEST_LINE;
            }
            if (bytes[i] == '#') {
                return Refusal.FRAGMENT;
            }
        }
        if (bytes[start] == '/') {
            head.path(bench().values.value(bytes, start, end));
            return null;
        }
        if (end - start == 1 && bytes[start] == '*') {
            head.path("*");
            return head.method().equals("OPTIONS") ? null : Refusal.TARGET;
        }
        return absolute(new String(bytes, start, end - start, StandardCharsets.ISO_8859_1));
    }

    /** The authority form has a port always (RFC 9112, 3.2.3). */
    private @Nullable Refusal connect(byte[] bytes, int start, int end) {
        String name = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
        boolean port = name.lastIndexOf(':') > name.lastIndexOf(']') && !name.endsWith(":");
        if (!port || !Authority.valid(name)) {
            return Refusal.TARGET;
        }
        head.authority(name);
        head.path("");
        authorityInTarget = true;
        return null;
    }

    private @Nullable Refusal absolute(String target) {
        int authority;
        if (target.regionMatches(true, 0, "http://", 0, 7)) {
            authority = 7;
        } else if (target.regionMatches(true, 0, "https://", 0, 8)) {
            return Refusal.SCHEME;
        } else {
            return Refusal.TARGET;
        }
        int slash = target.indexOf('/', authority);
        int question = target.indexOf('?', authority);
        int end = slash < 0 ? target.length() : slash;
        if (question >= 0 && question < end) {
            end = question;
        }
        String name = target.substring(authority, end);
        if (!Authority.valid(name)) {
            return Refusal.TARGET;
        }
        head.authority(name);
        authorityInTarget = true;
        String path = target.substring(end);
        head.path(path.startsWith("/") ? path : "/" + path);
        return null;
    }

    @Override
    @Nullable Refusal host(byte[] bytes, int start, int end) {
        if (hostSeen || !Authority.valid(bytes, start, end)) {
            return hostSeen || end > start ? Refusal.HOST : Refusal.NO_HOST;
        }
        hostSeen = true;
        if (!authorityInTarget) {
            head.authority(bench().values.value(bytes, start, end));
        }
        return null;
    }

    /**
     * All that follows would be the tunnel's: a body in front of it is where two parties could
     * differ on what is what.
     */
    private @Nullable Refusal tunnel(Headers headers, BodyReader body, boolean connect) {
        if (transfer.upgrade != null && (connect || transfer.minorVersion == 0)) {
            // Not for HTTP/1.0 (RFC 9110, 7.8); and one at a time.
            HopByHop.removeUpgrade(headers);
            transfer.upgrade = null;
            if (!connect) {
                return complete(headers, body);
            }
        }
        if ("CONNECT".equalsIgnoreCase(transfer.upgrade)) {
            return Refusal.UPGRADE;
        }
        if (transfer.chunked) {
            return Refusal.TRANSFER_ENCODING;
        }
        if (transfer.contentLength > 0 || connect && transfer.contentLength == 0) {
            return Refusal.CONTENT_LENGTH;
        }
        headers.remove("content-length");
        body.untilClose();
        return null;
    }

    @Override
    @Nullable Refusal complete(Headers headers, BodyReader body) {
        boolean connect = head.connects();
        if (!hostSeen && transfer.minorVersion == 1 && !connect) {
            return Refusal.NO_HOST;
        }
        if (connect || transfer.upgrade != null) {
            return tunnel(headers, body, connect);
        }
        if (transfer.chunked) {
            body.chunked();
        } else {
            body.length(Math.max(0, transfer.contentLength));
        }
        return null;
    }
}
