package dev.wick.gateway.codec;

/**
 * How large a head is so far, and how large it may be: as Envoy counts it, and in all. Confined to
 * the loop of its parser.
 */
final class HeadSize {

    /** Envoy's default: names and values together, in octets. */
    static final int MOST_OCTETS = 60 * 1024;

    /** Envoy's default. */
    static final int MOST_FIELDS = 100;

    /** Line ends, colons and white space come on top of what Envoy counts. */
    private static final int EXTRA = 8 * 1024;

    private int mostOctets = MOST_OCTETS;
    private int mostFields = MOST_FIELDS;
    private int mostRaw = MOST_OCTETS + EXTRA;

    private int octets;
    private int fields;

    /** Octets of the lines that were read in earlier pieces. */
    private int raw;

    /**
     * What a head may have, in the place of Envoy's defaults.
     *
     * @param most octets of names and values together
     */
    void limit(int most, int mostHeaders) {
        mostOctets = most;
        mostRaw = most + EXTRA;
        mostFields = mostHeaders;
    }

    /** A head begins. */
    void begin() {
        octets = 0;
        fields = 0;
    }

    /** The first line is read. */
    void startLine(int length) {
        octets += length;
    }

    /** A field is read. Returns whether there may be so many. */
    boolean field(int length) {
        octets += length;
        return ++fields <= mostFields;
    }

    /** Whether the lines of earlier pieces and {@code more} octets are too many. */
    boolean exceeds(int more) {
        return raw + more > mostRaw;
    }

    /** The same of a head that is complete, whose octets as Envoy counts them are known. */
    boolean exceedsWhole(int more) {
        return exceeds(more) || octets > mostOctets;
    }

    /** What a head may have in all, in octets. */
    int mostRaw() {
        return mostRaw;
    }

    /** Octets of the lines that were read in earlier pieces. */
    int raw() {
        return raw;
    }

    /** Lines of a piece are read, and the head is not complete. */
    void carryOn(int length) {
        raw += length;
    }

    /** The head is complete, or nothing more of it will be read. */
    void end() {
        raw = 0;
    }
}
