package dev.wick.route;

import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import org.jspecify.annotations.Nullable;

/**
 * Puts another authority in the place of a request's; what was there goes to headers, as in Envoy.
 */
public final class AuthorityRewrite {

    private static final String FORWARDED = "x-forwarded-host";

    private final @Nullable String literal;
    private final @Nullable String header;
    private final @Nullable Replacement path;
    private final boolean auto;
    private final boolean append;

    private AuthorityRewrite(
            @Nullable String literal,
            @Nullable String header,
            @Nullable Replacement path,
            boolean append) {
        this.literal = literal;
        this.header = header;
        this.path = path;
        this.auto = literal == null && header == null && path == null;
        this.append = append;
    }

    /**
     * @param append whether the authority that is replaced is appended to {@code x-forwarded-host}
     */
    public static AuthorityRewrite literal(String authority, boolean append) {
        return new AuthorityRewrite(authority, null, null, append);
    }

    /**
     * The first value of a header.
     *
     * @param name in lower case
     */
    public static AuthorityRewrite header(String name, boolean append) {
        return new AuthorityRewrite(null, name, null, append);
    }

    /** What a replacement makes of the path without its query. */
    public static AuthorityRewrite path(Replacement replacement, boolean append) {
        return new AuthorityRewrite(null, null, replacement, append);
    }

    /** The DNS name of the endpoint that is chosen. */
    public static AuthorityRewrite auto(boolean append) {
        return new AuthorityRewrite(null, null, null, append);
    }

    /** Whether the host that is chosen decides: see {@link #replace}. */
    public boolean isAuto() {
        return auto;
    }

    /** Comes after changes of headers and before the path is rewritten. */
    public void apply(RequestHead head) {
        String authority = literal;
        if (header != null) {
            authority = HeaderCondition.first(header, head);
        } else if (path != null) {
            String target = head.path();
            authority = path.apply(target.substring(0, PathCondition.end(target)));
        }
        replace(head, authority);
    }

    /**
     * Puts an authority in the place of the request's.
     *
     * @param authority null or empty: it stays
     */
    public void replace(RequestHead head, @Nullable String authority) {
        if (authority == null || authority.isEmpty()) {
            return;
        }
        String before = head.authority();
        Headers headers = head.headers();
        headers.set("x-envoy-original-host", before);
        if (append && !before.isEmpty()) {
            append(headers, before);
        }
        head.authority(authority);
    }

    /** Once only: an authority that was the last one appended is not appended again. */
    private static void append(Headers headers, String authority) {
        String there = headers.joined(FORWARDED);
        if (there == null || there.isEmpty()) {
            headers.set(FORWARDED, authority);
        } else if (!there.substring(there.lastIndexOf(',') + 1).equals(authority)) {
            headers.set(FORWARDED, there + "," + authority);
        }
    }
}
