package dev.wick.route;

import dev.wick.http.RequestHead;
import org.jspecify.annotations.Nullable;

/** Answers with the address of something else. What is not replaced is taken from the request. */
public final class Redirect implements Decision {

    private final int status;
    private final @Nullable String scheme;
    private final @Nullable String host;
    private final String port;
    private final @Nullable String path;
    private final PathRewrite rewrite;
    private final boolean stripQuery;

    /**
     * @param status 301, 302, 303, 307 or 308
     * @param port 1-65535, or 0: the request's, unless the host is replaced
     * @param path the new path; keeps the request's query unless it has one of its own, which
     *     {@code stripQuery} leaves alone
     * @param rewrite what happens to the path where {@code path} is null
     */
    public Redirect(
            int status,
            @Nullable String scheme,
            @Nullable String host,
            int port,
            @Nullable String path,
            PathRewrite rewrite,
            boolean stripQuery) {
        this.status = status;
        this.scheme = scheme;
        this.host = host;
        this.port = port == 0 ? "" : ":" + port;
        this.path = path;
        this.rewrite = rewrite;
        this.stripQuery = stripQuery;
    }

    /** 301, 302, 303, 307 or 308. */
    public int status() {
        return status;
    }

    /** The value of {@code location}. The path must still be the one that was matched. */
    public String location(RequestHead head) {
        String newScheme = scheme == null ? head.scheme() : scheme;
        String newHost = host == null ? requestHost(head, newScheme) : host;
        return newScheme + "://" + newHost + port + newPath(head.path());
    }

    private String newPath(String target) {
        String result = path == null ? rewrite.apply(target) : replaced(path, target);
        String rooted = result.startsWith("/") ? result : "/" + result;
        boolean ownQuery = path != null && path.indexOf('?') >= 0;
        int query = rooted.indexOf('?');
        return stripQuery && !ownQuery && query >= 0 ? rooted.substring(0, query) : rooted;
    }

    private static String replaced(String path, String target) {
        int query = target.indexOf('?');
        return query < 0 || path.indexOf('?') >= 0 ? path : path.concat(target.substring(query));
    }

    /**
     * The request's authority: without its port where that is replaced, or was the default of a
     * scheme that is replaced.
     */
    private String requestHost(RequestHead head, String newScheme) {
        String authority = head.authority();
        int colon = portSeparator(authority);
        if (colon < 0) {
            return authority;
        }
        boolean drop = !port.isEmpty() || isDefault(authority.substring(colon), head, newScheme);
        return drop ? authority.substring(0, colon) : authority;
    }

    private static boolean isDefault(String port, RequestHead head, String newScheme) {
        String forwarded = head.headers().get("x-forwarded-proto");
        String oldScheme = forwarded == null ? head.scheme() : forwarded;
        return !oldScheme.equals(newScheme)
                && (oldScheme.equals("https") && port.equals(":443")
                        || oldScheme.equals("http") && port.equals(":80"));
    }

    private static int portSeparator(String authority) {
        if (!authority.startsWith("[")) {
            return authority.lastIndexOf(':');
        }
        int bracket = authority.lastIndexOf("]:");
        return bracket < 0 ? -1 : bracket + 1;
    }

    @Override
    public void take(Actions actions) {
        actions.redirect(this);
    }

    @Override
    public String describe() {
        return "redirect " + status;
    }
}
