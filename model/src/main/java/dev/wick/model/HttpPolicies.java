package dev.wick.model;

import dev.wick.model.LocalReplyConfig.BodyFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a listener does to all requests and answers: what Envoy's RouteConfiguration and {@code
 * local_reply_config} say.
 *
 * @param requestHeaders changes to requests, made after the virtual host's
 * @param responseHeaders changes to responses, made after the virtual host's
 * @param mostSpecificHeaderMutationsWins whether the changes are made the other way round:
 *     listener, virtual host, route; default false
 * @param localReply what becomes of answers from here
 * @param accessLogFormat how a line of the access log is written; null: in Envoy's default format
 * @param adaptiveConcurrency how it is found out how many requests may run at once; null: any
 *     number may
 */
public record HttpPolicies(
        HeaderMutations requestHeaders,
        HeaderMutations responseHeaders,
        boolean mostSpecificHeaderMutationsWins,
        LocalReplyConfig localReply,
        @Nullable BodyFormat accessLogFormat,
        @Nullable AdaptiveConcurrency adaptiveConcurrency) {

    /** What holds where a document says nothing. */
    public static final HttpPolicies DEFAULT =
            new HttpPolicies(
                    HeaderMutations.NONE,
                    HeaderMutations.NONE,
                    false,
                    LocalReplyConfig.DEFAULT,
                    null,
                    null);
}
