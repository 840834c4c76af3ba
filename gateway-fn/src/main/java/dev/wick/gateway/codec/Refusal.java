package dev.wick.gateway.codec;

/**
 * Why a message is refused: what Envoy answers to such a request. From a host, each is a protocol
 * error (502).
 */
public enum Refusal {
    /** The request line is not {@code METHOD SP TARGET SP HTTP/1.x CRLF}. */
    REQUEST_LINE(400, "http1.codec_error"),
    /** A request line of another version, or of none, as HTTP/0.9 had it. */
    VERSION(426, "low_version"),
    STATUS_LINE(400, "http1.codec_error"),
    /**
     * Neither origin form, absolute form of http or https, nor {@code *} with OPTIONS; or it has a
     * fragment.
     */
    TARGET(400, "http1.codec_error"),
    /** The absolute form of https on a connection without TLS. */
    SCHEME(403, "http1.https_url_on_plaintext_connection"),
    /** A path with a fragment, which a path never has on the wire. */
    FRAGMENT(400, "path_normalization_failed"),
    /** Not a token and a colon at once; also a folded line, and white space before the colon. */
    FIELD_NAME(400, "http1.codec_error"),
    /** A control character, or a line that does not end in CRLF. */
    FIELD_VALUE(400, "http1.invalid_characters"),
    TOO_MANY_FIELDS(431, "http1.too_many_headers"),
    HEAD_TOO_LARGE(431, "http1.headers_too_large"),
    /** HTTP/1.1 without a Host, or with an empty one. */
    NO_HOST(400, "missing_host_header"),
    /** More than one Host, or one that is no authority. */
    HOST(400, "http.invalid_authority"),
    /** Not a number, or more than one. */
    CONTENT_LENGTH(400, "http1.codec_error"),
    /** Content-Length beside Transfer-Encoding. */
    LENGTH_AND_CODING(400, "http1.content_length_and_chunked_not_allowed"),
    /** Anything but exactly {@code chunked}. */
    TRANSFER_ENCODING(501, "http1.invalid_transfer_encoding"),
    /** Transfer-Encoding where the version or the status has none. */
    CODING_NOT_ALLOWED(400, "http1.transfer_encoding_not_allowed"),
    /** Content-Length where the status has none. */
    LENGTH_NOT_ALLOWED(400, "http1.content_length_not_allowed"),
    /** Connection nominates a field that only the gateway may remove. */
    CONNECTION(400, "http1.connection_header_rejected"),
    /** To CONNECT, which is a method: it would pass for one, by the path of another. */
    UPGRADE(400, "http1.codec_error"),
    /** The size of a chunk, an endless extension, or what follows a chunk. */
    CHUNK(400, "http1.codec_error"),
    TRAILER(400, "http1.codec_error"),
    TRAILERS_TOO_LARGE(431, "http1.trailers_too_large");

    private final int status;
    private final String detail;

    Refusal(int status, String detail) {
        this.status = status;
        this.detail = detail;
    }

    /** The status to answer with, where a client sent it. */
    public int status() {
        return status;
    }

    /** Envoy's {@code %RESPONSE_CODE_DETAILS%}. */
    public String detail() {
        return detail;
    }
}
