package dev.wick.gateway.feed;

/**
 * How the pull of the listener set ended: one of these is called, once, on the loop of the feed.
 */
public interface ListenersPulled {

    void listeners(ListenerSet set);

    /** It is as it was when it had the entity tag that was sent. */
    void unchanged(String epoch, long revision);

    /**
     * The store has not come to the revision that was asked for, and stands at this one: it was put
     * back to an earlier time.
     */
    void behind(String epoch, long revision);

    /** The store could not be reached, or said something that can not be used. */
    void failed(String why);
}
