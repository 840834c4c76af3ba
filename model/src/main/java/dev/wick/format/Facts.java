package dev.wick.format;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a request so far; null: nothing (yet). Texts are octets, one in each char. On
 * the event loop of the request.
 */
public interface Facts {

    /**
     * The first header of a name in the request.
     *
     * @param name in lower case; {@code :method}, {@code :path}, {@code :authority} and {@code
     *     :scheme} too
     */
    @Nullable String requestHeader(String name);

    /**
     * The first header of a name in the response.
     *
     * @param name in lower case; {@code :status} too
     */
    @Nullable String responseHeader(String name);

    /** The first trailer of a name in the response; the name is in lower case. */
    @Nullable String responseTrailer(String name);

    /** When the request's head had arrived, in microseconds since 1970. */
    long startMicros();

    /** What is known of {@code fact}. */
    @Nullable String text(Fact fact);
}
