package dev.wick.gateway.codec;

import dev.wick.http.Headers;
import dev.wick.http.ResponseHead;
import dev.wick.http.Spelling;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads the heads of a connection's responses (RFC 9112), and says how the body of each is framed.
 * Confined to the loop of its workbench. Fields that concern the connection only are not among the
 * headers; {@code content-length} stays.
 */
public final class ResponseParser extends HeadParser {

    private static final ResponseHead NONE = new ResponseHead();
    private static final int STATUS = "HTTP/1.1 ".length();

    private ResponseHead head = NONE;
    private boolean toHead;
    private boolean toUpgrade;
    private boolean toConnect;
    private boolean tunnel;

    public ResponseParser(Workbench bench) {
        super(bench);
    }

    /**
     * Reads on in a head.
     *
     * @param in what is read is skipped; when the head is complete it stands at the body
     * @param head filled in; empty, and the same one until it is complete
     * @param toHead whether the request was HEAD, whose answer has no body
     * @return true when the head is complete: see {@link #body}. False when more bytes are needed,
     *     or when it is refused: see {@link #refusal}.
     */
    public boolean parse(ByteBuf in, ResponseHead head, boolean toHead) {
        this.head = head;
        this.toHead = toHead;
        return read(in);
    }

    /**
     * What the request asked the connection to become, before {@link #parse}: see {@link
     * dev.wick.http.RequestHead#upgrade}.
     */
    public void upgrade(String upgrade) {
        toConnect = upgrade.equals("CONNECT");
        toUpgrade = !toConnect && !upgrade.isEmpty();
    }

    /** Whether all that follows the last head is no longer HTTP. */
    public boolean tunnel() {
        return tunnel;
    }

    @Override
    boolean skipsEmptyLines() {
        return false;
    }

    @Override
    Headers headers() {
        return head.headers();
    }

    @Override
    @Nullable Refusal firstLine(byte[] bytes, int start, int end) {
        int reason = start + STATUS + 3;
        if (end < reason || (end > reason && bytes[reason] != ' ')) {
            return Refusal.STATUS_LINE;
        }
        long status = Decimal.parse(bytes, start + STATUS, reason);
        transfer.minorVersion = bytes[start + 7] - '0';
        if (!Octets.equalsIgnoreCase(bytes, start, start + 7, "http/1.")
                || bytes[start + 8] != ' '
                || (transfer.minorVersion & ~1) != 0
                || status < 100) {
            return Refusal.STATUS_LINE;
        }
        head.status((int) status);
        Spelling spelling = keepsReason() && end > reason ? head.headers().spelling() : null;
        if (spelling != null) {
            spelling.reason(bench().values.value(bytes, reason + 1, end));
        }
        return null;
    }

    @Override
    @Nullable Refusal host(byte[] bytes, int start, int end) {
        head.headers().add("host", bench().values.value(bytes, start, end));
        return null;
    }

    @Override
    @Nullable Refusal complete(Headers headers, BodyReader body) {
        int status = head.status();
        tunnel = toUpgrade && status == 101 || toConnect && status >= 200 && status < 300;
        if (transfer.upgrade != null && !(tunnel && toUpgrade)) {
            HopByHop.removeUpgrade(headers);
        }
        if (tunnel) {
            // Whatever is said of a body (RFC 9110, 9.3.6).
            headers.remove("content-length");
            transfer.close = true;
            body.untilClose();
            return null;
        }
        if (status < 200 || status == 204) {
            body.length(0);
            return withoutBody(headers);
        }
        if (toHead || status == 304) {
            body.length(0);
        } else if (transfer.chunked) {
            body.chunked();
        } else if (transfer.contentLength >= 0) {
            body.length(transfer.contentLength);
        } else {
            transfer.close = true;
            body.untilClose();
        }
        return null;
    }

    /** A length of 0 says nothing that these statuses do not, and is passed over as Envoy does. */
    private @Nullable Refusal withoutBody(Headers headers) {
        if (transfer.chunked) {
            return Refusal.CODING_NOT_ALLOWED;
        }
        if (transfer.contentLength > 0) {
            return Refusal.LENGTH_NOT_ALLOWED;
        }
        if (transfer.contentLength == 0) {
            headers.remove("content-length");
        }
        return null;
    }
}
