package dev.wick.gateway.client;

import dev.wick.http.Headers;

/**
 * Hears of one streamed answer, on the call's loop: {@link #head} once, any number of {@link
 * #bytes}, {@link #ended} once.
 */
public interface Streamed {

    /** The head is there, whatever its status. */
    void head(int status, Headers headers);

    /** A part of the body, as it came. */
    void bytes(byte[] part);

    /**
     * There will be no more. Comes without a head where there was none.
     *
     * @param why empty where the answer is complete, else what failed
     */
    void ended(String why);
}
