package dev.wick.gateway.edge;

import dev.wick.gateway.snapshot.ClientHttp2Settings;

/**
 * Counts what a client sends that costs it less than it costs here, by Envoy's measures. Confined
 * to the loop of its connection.
 */
final class Http2Floods {

    /** How a client overdid it; Envoy's names. */
    enum Flood {
        PRIORITY("inbound_priority_frames_flood"),
        WINDOW_UPDATE("inbound_window_update_frames_flood"),
        OUTBOUND("outbound_flood"),
        OUTBOUND_CONTROL("outbound_control_flood"),
        EMPTY("inbound_empty_frames_flood");

        private final String text;

        Flood(String text) {
            this.text = text;
        }

        /** As the statistics name it. */
        String text() {
            return text;
        }
    }

    /** A stream that its client resets within that is one that was not meant. */
    private static final long LIFETIME_NANOS = 1_000_000_000;

    /** Envoy's {@code overload.premature_reset_total_stream_count}. */
    private static final int STREAMS_LOOKED_AT = 500;

    private static final int WINDOW_UPDATES_FREE = 5;

    /** Each costs an answer, and what it says of tables is kept until the next block of fields. */
    private static final int SETTINGS_FREE = 1_000;

    private final ClientHttp2Settings settings;
    private long opened;
    private long priorities;
    private long windowUpdates;
    private long dataFramesSent;
    private int closed;
    private int premature;
    private long settingsRead;
    private int empty;

    Http2Floods(ClientHttp2Settings settings) {
        this.settings = settings;
    }

    void opened() {
        opened++;
    }

    void dataSent() {
        dataFramesSent++;
    }

    /** Returns whether that was one too many. */
    boolean priority() {
        return ++priorities > settings.maxPriorityFramesPerStream() * (1 + opened);
    }

    /** Returns whether that was one too many. */
    boolean windowUpdate() {
        long most =
                WINDOW_UPDATES_FREE
                        + 2 * (opened + settings.maxWindowUpdatesPerDataFrame() * dataFramesSent);
        return ++windowUpdates > most;
    }

    /**
     * A stream has ended. Returns whether the client has reset too many: half of the first five
     * hundred, or of all that there were.
     *
     * @param reset by the client, before its answer was complete
     * @param nanos how long it lived
     */
    boolean closed(boolean reset, long nanos) {
        closed++;
        return reset && nanos < LIFETIME_NANOS && onePremature();
    }

    /**
     * The client has sent what is an error of one of its streams, which is reset from here: as good
     * as a reset of its own. Returns whether that was one too many.
     */
    boolean erred() {
        return onePremature();
    }

    private boolean onePremature() {
        premature++;
        return 2 * premature >= Math.max(STREAMS_LOOKED_AT, closed);
    }

    /** A frame of a body without any of it. Returns whether that was one too many on end. */
    boolean empty() {
        int most = settings.maxEmptyFrames();
        return most > 0 && ++empty > most;
    }

    /** A frame that was not empty. */
    void filled() {
        empty = 0;
    }

    /** Returns whether that was one too many. */
    boolean settings() {
        return ++settingsRead > SETTINGS_FREE + opened;
    }
}
