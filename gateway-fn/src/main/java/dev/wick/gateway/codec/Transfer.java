package dev.wick.gateway.codec;

import dev.wick.http.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of one head say of how its message is framed and of its connection. Reset for
 * each head.
 */
final class Transfer {

    int minorVersion;

    /** -1 where the head has none. */
    long contentLength;

    boolean chunked;
    boolean close;
    boolean keptAlive;
    boolean expectsContinue;
    @Nullable String upgrade;
    private boolean hopByHopSeen;

    void reset() {
        contentLength = -1;
        chunked = false;
        close = false;
        keptAlive = false;
        expectsContinue = false;
        upgrade = null;
        hopByHopSeen = false;
    }

    boolean keepAlive() {
        return !close && (minorVersion == 1 || keptAlive);
    }

    @Nullable Refusal length(byte[] bytes, int start, int end) {
        if (contentLength >= 0) {
            return Refusal.CONTENT_LENGTH;
        }
        contentLength = Decimal.parse(bytes, start, end);
        return contentLength < 0 ? Refusal.CONTENT_LENGTH : null;
    }

    @Nullable Refusal coding(byte[] bytes, int start, int end) {
        if (chunked || !Octets.equalsIgnoreCase(bytes, start, end, "chunked")) {
            return Refusal.TRANSFER_ENCODING;
        }
        chunked = true;
        return null;
    }

    void expect(byte[] bytes, int start, int end) {
        expectsContinue |= Octets.equalsIgnoreCase(bytes, start, end, "100-continue");
    }

    /**
     * Returns true where there is more in it than one usual word, to be looked at once all fields
     * are read.
     */
    boolean connection(byte[] bytes, int start, int end) {
        if (Octets.equalsIgnoreCase(bytes, start, end, "keep-alive")) {
            keptAlive = true;
            return false;
        }
        if (Octets.equalsIgnoreCase(bytes, start, end, "close")) {
            close = true;
            return false;
        }
        hopByHopSeen = true;
        return true;
    }

    /** There is a field that concerns the connection only. */
    void hopByHop() {
        hopByHopSeen = true;
    }

    /** All fields are read: is the framing plain? Takes out what concerns the connection only. */
    @Nullable Refusal complete(Headers headers) {
        if (chunked && contentLength >= 0) {
            return Refusal.LENGTH_AND_CODING;
        }
        if (chunked && minorVersion == 0) {
            return Refusal.CODING_NOT_ALLOWED;
        }
        return hopByHopSeen ? HopByHop.remove(headers, this) : null;
    }
}
