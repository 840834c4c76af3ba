package dev.wick.gateway.edge;

import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Stream;

/**
 * The streams that a client has passed over when it opened a later one. They may not be used any
 * more (RFC 9113, 5.1.1), and must be told from those that were used and are closed, on which a
 * client may still send until it knows. Confined to the connection's loop.
 *
 * <p>Most clients pass over none. Of those that do the last few gaps are known; what is forgotten
 * counts as closed.
 */
final class SkippedStreams extends Http2ConnectionAdapter {

    private static final int MOST_GAPS = 8;

    /** First and last stream of each gap, the oldest being overwritten. */
    private final int[] gaps = new int[2 * MOST_GAPS];

    private int next;
    private int last = -1;

    @Override
    public void onStreamAdded(Http2Stream stream) {
        used(stream.id());
    }

    /** A stream of the client was opened, or was to be opened and refused. */
    void used(int stream) {
        if (stream <= last || (stream & 1) == 0) {
            return;
        }
        if (stream > last + 2) {
            gaps[next] = last + 2;
            gaps[next + 1] = stream - 2;
            next = (next + 2) % gaps.length;
        }
        last = stream;
    }

    /** Whether it was opened, or was to be. */
    boolean wasUsed(int stream) {
        return (stream & 1) == 1 && stream <= last && !contains(stream);
    }

    /** Whether it was passed over. */
    boolean contains(int stream) {
        boolean skipped = false;
        for (int i = 0; i < gaps.length; i += 2) {
            skipped |= (stream & 1) == 1 && stream >= gaps[i] && stream <= gaps[i + 1];
        }
        return skipped;
    }
}
