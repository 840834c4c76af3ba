package dev.wick.model;

/**
 * What is made of a request's path, host and header names before anything is decided by them. The
 * defaults are those that Envoy advises for edges.
 *
 * @param normalizePath whether paths are normalized as RFC 3986 says; default true
 * @param mergeSlashes whether adjacent slashes become one; default true
 * @param stripMatchingHostPort whether the host's port goes where it is the listener's
 * @param stripAnyHostPort whether the host's port goes
 * @param stripTrailingHostDot whether a dot at the host's end goes
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/configuration/best_practices/edge">Envoy as
 *     an edge proxy</a>
 */
public record Normalization(
        boolean normalizePath,
        boolean mergeSlashes,
        EscapedSlashes pathWithEscapedSlashesAction,
        Underscores headersWithUnderscoresAction,
        boolean stripMatchingHostPort,
        boolean stripAnyHostPort,
        boolean stripTrailingHostDot) {

    /** What holds where a document says nothing. */
    public static final Normalization DEFAULT =
            new Normalization(
                    true,
                    true,
                    EscapedSlashes.UNESCAPE_AND_REDIRECT,
                    Underscores.REJECT_REQUEST,
                    false,
                    false,
                    false);

    /** What is made of {@code %2F} and {@code %5C} in a path. */
    public enum EscapedSlashes {
        /** They stay. */
        KEEP_UNCHANGED,
        /** 400. */
        REJECT_REQUEST,
        /** 307 to the path without. */
        UNESCAPE_AND_REDIRECT,
        /** They become slashes. */
        UNESCAPE_AND_FORWARD
    }

    /** What is made of header names that have underscores. */
    public enum Underscores {
        /** They stay. */
        ALLOW,
        /** 400; over HTTP/2 the stream is reset. */
        REJECT_REQUEST,
        /** The header goes. */
        DROP_HEADER
    }
}
