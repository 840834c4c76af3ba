package dev.wick.gateway.exchange;

import dev.wick.http.RequestHead;
import dev.wick.route.AuthorityRewrite;
import org.jspecify.annotations.Nullable;

/**
 * The authority of a request whose route wants that of its host: known only once one is chosen, and
 * another with each. Confined to the exchange's loop; used again for the connection's next
 * exchange.
 */
final class HostAuthority {

    private @Nullable AuthorityRewrite rewrite;

    /** What stood there before. */
    private String authority = "";

    /**
     * The request is to be sent.
     *
     * @param wanted null where its authority stays
     */
    void begin(@Nullable AuthorityRewrite wanted, RequestHead head) {
        rewrite = wanted;
        authority = head.authority();
    }

    /** A host is chosen for the request, which has not left yet. */
    void chosen(RequestHead head, @Nullable String name) {
        AuthorityRewrite wanted = rewrite;
        if (wanted != null) {
            head.authority(authority); // not that of a host that was tried before
            wanted.replace(head, name);
        }
    }

    /** The exchange is over. */
    void close() {
        rewrite = null;
        authority = "";
    }
}
