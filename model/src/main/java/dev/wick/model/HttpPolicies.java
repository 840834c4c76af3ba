package dev.wick.model;

/**
 * What a listener does to all requests and answers: what Envoy's RouteConfiguration and {@code
 * local_reply_config} say.
 *
 * @param requestHeaders changes to requests, made after the virtual host's
 * @param responseHeaders changes to responses, made after the virtual host's
 * @param mostSpecificHeaderMutationsWins whether the changes are made the other way round:
 *     listener, virtual host, route; default false
 * @param localReply what becomes of answers from here
 */
public record HttpPolicies(
        HeaderMutations requestHeaders,
        HeaderMutations responseHeaders,
        boolean mostSpecificHeaderMutationsWins,
        LocalReplyConfig localReply) {

    /** What holds where a document says nothing. */
    public static final HttpPolicies DEFAULT =
            new HttpPolicies(
                    HeaderMutations.NONE, HeaderMutations.NONE, false, LocalReplyConfig.DEFAULT);
}
