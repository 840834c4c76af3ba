package dev.wick.gateway.feed;

/** Hears of changes, on the loop of the feed. */
public interface Following {

    /** The stream is about to be asked for: what is held now, and as of which revision. */
    Position position();

    /** The store has taken what {@link #position} said: from that point on it tells of changes. */
    void connected();

    /** Comes once for each event, in order of revisions. */
    void changed(Changed changed);

    /** What is held may be old: all of it is to be validated anew. */
    void reset(String epoch, long revision);

    /** There is no stream; another attempt is made after a while. */
    void disconnected(String why);

    /**
     * Where a follower stands.
     *
     * @param epoch empty where none is known
     * @param revision what is held is of this revision, or newer
     */
    record Position(String epoch, long revision, Holding holding) {}
}
