package dev.wick.gateway.client;

/** Hears of one call, once, on the call's loop. */
public interface Answered {

    /** The whole answer is there, whatever its status. */
    void answered(Answer answer);

    /**
     * There is none: no connection, no answer in time, one that is too long, or one that is no
     * HTTP.
     */
    void failed(String why);
}
